import { createHash } from "node:crypto";
import { type Money, type Notice, type Payment, toDecimal } from "@checkout-plugins/core";
import { explainFinding, type Language, toCallQuestion, whomToCall } from "@checkout-plugins/knowledge";
import { texts } from "../console/texts.ts";
import { toNoticeId } from "./event.ts";
import { mailTexts } from "./mail-texts.ts";
import type { Mail } from "./mailer.ts";

/** A notice of a finding. */
export interface FoundNotice extends Notice {
  readonly finding: NonNullable<Notice["finding"]>;
}

export type Message = Omit<Mail, "to">;

/** One mail for what came at once to one shop's owner, so that a shop that was down does not fill his mailbox. */
export function toMessage(
  shopName: string,
  notices: readonly FoundNotice[],
  language: Language,
  consoleUrl: string,
): Message {
  const say = mailTexts[language];
  const [first] = notices;
  if (first === undefined) throw new RangeError("A message needs a notice");
  const title = titleOf(first, language);
  const more = notices.length > 1 ? ` (+${notices.length - 1})` : "";
  const parts = notices.map((one) => toPart(one, language));
  return {
    subject: toLine(`${shopName}, ${first.reference}: ${title}${more}`),
    text: [say.greeting, ...parts, `${say.console}\n${consoleUrl}`].join("\n\n"),
    id: createHash("sha256").update(notices.map(toNoticeId).join(" ")).digest("hex").slice(0, 40),
  };
}

/** Shows its owner that mails arrive. */
export function toTestMessage(shopName: string, language: Language, consoleUrl: string, id: string): Message {
  const say = mailTexts[language];
  const text = [say.greeting, say.test, `${say.console}\n${consoleUrl}`].join("\n\n");
  return { subject: toLine(`${shopName}: ${say.testSubject}`), text, id };
}

function titleOf({ finding }: FoundNotice, language: Language): string {
  return texts[language].findings.kinds[finding.kind];
}

function toPart(notice: FoundNotice, language: Language): string {
  const say = mailTexts[language];
  const { finding, reference, record } = notice;
  const { whatHappened, whatToDo, whomToCall: call, call: target } = explainFinding(finding.kind, language);
  const title = titleOf(notice, language);
  const facts = [
    `${say.order}: ${reference}`,
    ...(finding.amount === null ? [] : [`${say.amount}: ${toText(finding.amount)}`]),
    `${say.since}: ${toTime(finding.since, texts[language].locale)}`,
  ];
  const partners = target === "acceptancePartner" ? toPartners(record, language) : [];
  return [
    `${title}\n${"-".repeat(title.length)}\n${facts.join("\n")}`,
    `${say.happened}:\n${whatHappened}`,
    `${say.todo}:\n${whatToDo}`,
    `${say.call}:\n${[call, ...partners].join("\n")}`,
    `${say.detail}:\n${finding.detail}`,
  ].join("\n\n");
}

function toText({ minor, currency }: Money): string {
  return `${currency} ${toDecimal({ minor, currency })}`;
}

/** Swiss time, as the service's own back office shows it. */
function toTime(instant: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Zurich" });
  return format.format(Date.parse(instant));
}

/** A header must not be broken by what a shop chose as its order's number. */
function toLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").slice(0, 200);
}

/** The acceptance partners of the method that was used; none where the sources name none. */
function toPartners(payment: Payment | null, language: Language): readonly string[] {
  const channel = payment?.governing?.terminal === undefined ? "online" : "counter";
  const question = toCallQuestion(payment?.method ?? null, channel);
  if (question === null) return [];
  const advice = whomToCall(question);
  if (advice.kind === "notNamed") return [advice.text[language]];
  const named = advice.partners.map(({ partner, contacts }) => {
    const ways = contacts.flatMap(({ phone, email, url }) => [phone?.printed, email?.address, url?.url]);
    return `- ${[partner.name, ...ways.filter((way) => way !== undefined)].join(", ")}`;
  });
  return [advice.text[language], ...named];
}
