import { Text } from "@medusajs/ui";
import type { ReactNode } from "react";
import type { PartnersView, PaymentView } from "../../admin-view.ts";
import { readLanguage, toUrl } from "./ask.ts";
import type { Texts } from "./texts.ts";

export interface PartProps {
  readonly payment: PaymentView;
  readonly texts: Texts;
}

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

function Section({ title, children }: SectionProps): ReactNode {
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <Text size="small" weight="plus">
        {title}
      </Text>
      {children}
    </div>
  );
}

export function Amounts({ payment, texts }: PartProps): ReactNode {
  const isPaid = payment.standing === "paid";
  const rows: readonly (readonly [string, string])[] = [
    [texts.reserved, `${payment.authorized}${toUntil(payment, texts)}`],
    [texts.taken, payment.completed],
    [texts.refunded, payment.refunded],
  ];
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      {payment.method !== null && (
        <div className="flex justify-between">
          <Text size="small" className="text-ui-fg-subtle">
            {texts.method}
          </Text>
          <div className="flex items-center gap-x-2">
            {payment.image !== null && <img src={payment.image} alt="" className="h-5 w-auto" />}
            <Text size="small">{payment.method}</Text>
          </div>
        </div>
      )}
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between">
          <Text size="small" className="text-ui-fg-subtle">
            {name}
          </Text>
          <Text size="small">{value}</Text>
        </div>
      ))}
      {isPaid && (
        <Text size="small" weight="plus">
          {payment.mayShip ? texts.mayShip : texts.mayNotShip}
        </Text>
      )}
    </div>
  );
}

function toUntil({ standing, expiresOn }: PaymentView, texts: Texts): string {
  return standing === "authorized" && expiresOn !== null ? ` (${texts.until} ${toDate(expiresOn)})` : "";
}

export function Attempts({ payment, texts }: PartProps): ReactNode {
  return (
    <Section title={texts.attempts}>
      {payment.attempts.map(({ transaction, state, amount, url }) => (
        <div key={transaction} className="flex justify-between">
          <Text size="small">
            {url === null ? (
              "–"
            ) : (
              <a href={url} target="_blank" rel="noreferrer" className="text-ui-fg-interactive">
                {texts.transaction} {transaction}
              </a>
            )}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {amount} · {texts.attempt[state]}
          </Text>
        </div>
      ))}
    </Section>
  );
}

export function Operations({ payment, texts }: PartProps): ReactNode {
  return (
    <Section title={texts.operations}>
      {payment.operations.map(({ key, kind, origin, state, amount, why }) => (
        <div key={key} className="flex flex-col">
          <div className="flex justify-between">
            <Text size="small">
              {texts.kind[kind]} {amount}
            </Text>
            <Text size="small" className="text-ui-fg-subtle">
              {texts.state[state]}, {texts.origin[origin]}
            </Text>
          </div>
          {why !== null && (
            <Text size="xsmall" className="text-ui-fg-error">
              {why}
            </Text>
          )}
        </div>
      ))}
    </Section>
  );
}

export function Documents({ payment, texts }: PartProps): ReactNode {
  return (
    <Section title={texts.documents}>
      {payment.documents.map(({ kind, path, amount }) => (
        <Text key={path} size="small">
          <a
            href={toUrl(`/payments/${payment.session}/documents/${path}`)}
            target="_blank"
            rel="noreferrer"
            className="text-ui-fg-interactive"
          >
            {texts.document[kind]} {amount}
          </a>
        </Text>
      ))}
    </Section>
  );
}

export function Partners({ partners, texts }: { readonly partners: PartnersView; readonly texts: Texts }): ReactNode {
  return (
    <Section title={texts.partners}>
      {partners.named.map(({ name, contacts }) => (
        <div key={name} className="flex flex-wrap gap-x-2">
          <Text size="small">{name}</Text>
          {contacts.map(({ text, url }) => (
            <a key={url} href={url} className="text-ui-fg-interactive txt-small">
              {text}
            </a>
          ))}
        </div>
      ))}
      <Text size="small" className="text-ui-fg-subtle">
        {partners.note}
      </Text>
    </Section>
  );
}

export function toDate(instant: string): string {
  return new Date(instant).toLocaleString(readLanguage());
}
