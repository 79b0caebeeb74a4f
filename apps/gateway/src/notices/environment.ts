import { type Language, languages } from "@checkout-plugins/knowledge";
import { isSecret } from "@checkout-plugins/shop-protocol";
import { z } from "zod";
import type { Contact } from "./contact.ts";
import type { MailerSettings } from "./mailer.ts";

/** How findings reach the owner. */
export interface NoticeEnvironment {
  /** null: findings stand in the console only. */
  readonly contact: Contact | null;
  readonly mailer: MailerSettings | null;
}

const mailAddress = /^[^\s<>@,;]+@[^\s<>@,;]+$/;

/** The variables of notices, part of the gateway's environment. */
export const noticeVariables: { readonly [Name in keyof Required<Variables>]: z.ZodType<Variables[Name]> } = {
  NOTIFY_EMAIL: z.string().regex(mailAddress, "must be one e-mail address, such as owner@example.ch").optional(),
  NOTIFY_LANGUAGE: z.enum(languages, `must be one of ${languages.join(", ")}`).default("en"),
  NOTIFY_WEBHOOK_URL: z.string().optional(),
  NOTIFY_WEBHOOK_SECRET: z
    .string()
    .refine(isSecret, 'must be "whsec_" and the Base64 of 24 to 64 bytes: echo "whsec_$(openssl rand -base64 32)"')
    .optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be your mail server, such as smtp://user:password@mail.example.ch:587" })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]*<)?[^\s<>@,;]+@[^\s<>@,;]+>?$/, 'must be a sender, such as "Payments <payments@example.ch>"')
    .optional(),
};

interface Variables {
  readonly NOTIFY_EMAIL?: string | undefined;
  readonly NOTIFY_LANGUAGE: Language;
  readonly NOTIFY_WEBHOOK_URL?: string | undefined;
  readonly NOTIFY_WEBHOOK_SECRET?: string | undefined;
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
}

/** Names what is missing beside what is there, before anything fails because of it. */
export function checkNotices(all: Variables, context: z.RefinementCtx): void {
  const complain = (path: keyof Variables, message: string): void =>
    context.addIssue({ code: "custom", path: [path], message });
  const { NOTIFY_EMAIL, NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET, SMTP_URL, MAIL_FROM } = all;
  if (NOTIFY_EMAIL !== undefined && SMTP_URL === undefined) {
    complain(
      "SMTP_URL",
      "is missing: mails to NOTIFY_EMAIL need a mail server, such as smtp://user:password@mail.example.ch:587",
    );
  }
  if (SMTP_URL !== undefined && MAIL_FROM === undefined) {
    complain("MAIL_FROM", 'is missing: who mails come from, such as "Payments <payments@example.ch>"');
  }
  if (url !== undefined && NOTIFY_WEBHOOK_SECRET === undefined) {
    complain(
      "NOTIFY_WEBHOOK_SECRET",
      'is missing: it signs what goes to NOTIFY_WEBHOOK_URL; make one with: echo "whsec_$(openssl rand -base64 32)"',
    );
  }
}

export function toNoticeEnvironment(all: Variables): NoticeEnvironment {
  const { NOTIFY_EMAIL: email = null, NOTIFY_LANGUAGE: language, NOTIFY_WEBHOOK_URL: url } = all;
  const { NOTIFY_WEBHOOK_SECRET: secret, SMTP_URL: smtp, MAIL_FROM: from } = all;
  const webhook = url === undefined || secret === undefined ? null : { url, secrets: [secret] };
  return {
    contact: email === null && webhook === null ? null : { language, email, webhook },
    mailer: smtp === undefined || from === undefined ? null : { url: smtp, from },
  };
}
