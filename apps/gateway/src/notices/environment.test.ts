import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkNotices, type NoticeEnvironment, noticeVariables, toNoticeEnvironment } from "./environment.ts";

const schema = z.object(noticeVariables).superRefine(checkNotices);
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const url = "https://erp.example.ch/payments";

function read(variables: Record<string, string>): NoticeEnvironment {
  return toNoticeEnvironment(schema.parse(variables));
}

function faultsOf(variables: Record<string, string>): readonly string[] {
  return (schema.safeParse(variables).error?.issues ?? []).map(({ path, message }) => `${path.join()} ${message}`);
}

describe("the variables of notices", () => {
  it("may all be missing", () => {
    expect(read({})).toEqual({ contact: null, mailer: null });
  });

  it("name a mail address, a mail server and a webhook", () => {
    const SMTP_URL = "smtp://user:password@mail.example.ch:587";
    const MAIL_FROM = "Payments <payments@example.ch>";
    const all = { NOTIFY_EMAIL: "owner@example.ch", NOTIFY_LANGUAGE: "fr", SMTP_URL, MAIL_FROM };
    expect(read({ ...all, NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret })).toEqual({
      contact: { language: "fr", email: "owner@example.ch", webhook: { url, secrets: [secret] } },
      mailer: { url: SMTP_URL, from: MAIL_FROM },
    });
  });

  it.each([
    [{ NOTIFY_EMAIL: "owner@example.ch" }, "SMTP_URL is missing"],
    [{ SMTP_URL: "smtp://mail.example.ch" }, "MAIL_FROM is missing"],
    [{ SMTP_URL: "http://mail.example.ch", MAIL_FROM: "a@example.ch" }, "SMTP_URL must be your mail server"],
    [{ NOTIFY_WEBHOOK_URL: url }, "NOTIFY_WEBHOOK_SECRET is missing"],
    [{ NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: "x" }, "NOTIFY_WEBHOOK_SECRET must be"],
    [{ NOTIFY_EMAIL: "owner" }, "NOTIFY_EMAIL must be one e-mail address"],
    [{ NOTIFY_EMAIL: "a@b.ch,c@d.ch" }, "NOTIFY_EMAIL must be one e-mail address"],
    [{ NOTIFY_LANGUAGE: "rm" }, "NOTIFY_LANGUAGE must be one of de, fr, it, en"],
  ])("that do not fit are named: %j", (variables, fault) => {
    expect(faultsOf(variables).join("\n")).toContain(fault);
  });
});
