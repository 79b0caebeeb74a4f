import { defineWidgetConfig } from "@medusajs/admin-sdk";
import { Button, Container, Copy, Heading, StatusBadge, Text, toast } from "@medusajs/ui";
import type { ReactNode } from "react";
import type { PartnersView, PaymentView } from "../../admin-view.ts";
import type { OrderView } from "../../api/admin/postfinance-checkout/orders/[order]/route.ts";
import { ask, readLanguage, readTexts, toUrl, useAnswer } from "../lib/ask.ts";
import { AdviceBox } from "../lib/finding.tsx";
import type { Texts } from "../lib/texts.ts";

const colors = {
  open: "grey",
  authorized: "blue",
  paid: "green",
  failed: "red",
  voided: "grey",
  declined: "red",
  held: "orange",
} as const satisfies Record<PaymentView["standing"], string>;

interface PartProps {
  readonly payment: PaymentView;
  readonly texts: Texts;
}

/** On the page of an order: how its payment stands at PostFinance Checkout. Nothing where it was paid otherwise. */
function OrderPayment({ data: order }: { readonly data: { readonly id: string } }): ReactNode {
  const texts = readTexts();
  const [asked, reload] = useAnswer<OrderView>(`/orders/${order.id}`);
  if (asked.kind === "loading") return null;
  if (asked.kind === "failed") {
    return (
      <Container className="px-6 py-4">
        <Heading level="h2">{texts.title}</Heading>
        <Text size="small">
          {texts.failedToLoad} {asked.why}
        </Text>
      </Container>
    );
  }
  const { payments, payLink } = asked.value;
  return (
    <>
      {payments.map((payment) => (
        <PaymentBox key={payment.session} payment={payment} texts={texts} reload={reload} />
      ))}
      {payLink !== null && <PayLink link={payLink} texts={texts} />}
    </>
  );
}

function PayLink({ link, texts }: { readonly link: string; readonly texts: Texts }): ReactNode {
  return (
    <Container className="flex flex-col gap-y-2 px-6 py-4">
      <Heading level="h2">{texts.title}</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        {texts.payLink}
      </Text>
      <div className="flex items-center gap-x-2">
        <code className="txt-compact-small break-all">{link}</code>
        <Copy content={link} />
      </div>
    </Container>
  );
}

function PaymentBox({ payment, texts, reload }: PartProps & { readonly reload: () => Promise<void> }): ReactNode {
  const run = async (path: string, body: object): Promise<void> => {
    try {
      await ask(`/payments/${payment.session}/${path}`, body);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
    await reload();
  };
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{texts.title}</Heading>
        <div className="flex items-center gap-x-2">
          {payment.isTest && <StatusBadge color="orange">{texts.test}</StatusBadge>}
          <StatusBadge color={colors[payment.standing]}>{texts.standing[payment.standing]}</StatusBadge>
        </div>
      </div>
      <Amounts payment={payment} texts={texts} />
      {payment.obstacle !== null && (
        <div className="px-6 py-4">
          <Text size="small" weight="plus" className="text-ui-fg-error">
            {payment.obstacle}
          </Text>
        </div>
      )}
      {payment.review?.state === "open" && (
        <div className="flex flex-col gap-y-2 px-6 py-4">
          <Text size="small" weight="plus">
            {texts.review}
            {payment.review.decideBy && ` (${texts.decideBy} ${toDate(payment.review.decideBy)})`}
          </Text>
          <div className="flex gap-x-2">
            <Button size="small" onClick={() => run("review", { decision: "suitable" })}>
              {texts.accept}
            </Button>
            <Button size="small" variant="danger" onClick={() => run("review", { decision: "notSuitable" })}>
              {texts.deny}
            </Button>
          </div>
        </div>
      )}
      {(payment.findings.length > 0 || payment.failure) && (
        <div className="flex flex-col gap-y-2 px-6 py-4">
          {payment.findings.map((finding) => (
            <AdviceBox
              key={finding.kind + finding.since}
              advice={finding}
              texts={texts}
              isResolved={finding.isResolved}
            />
          ))}
          {payment.failure && <AdviceBox advice={payment.failure} texts={texts} />}
        </div>
      )}
      <Attempts payment={payment} texts={texts} />
      {payment.operations.length > 0 && <Operations payment={payment} texts={texts} />}
      {payment.documents.length > 0 && <Documents payment={payment} texts={texts} />}
      {payment.partners !== null && <Partners partners={payment.partners} texts={texts} />}
      <div className="px-6 py-4">
        <Button size="small" variant="secondary" onClick={() => run("look", {})}>
          {texts.look}
        </Button>
      </div>
    </Container>
  );
}

function Amounts({ payment, texts }: PartProps): ReactNode {
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

function Attempts({ payment, texts }: PartProps): ReactNode {
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <Text size="small" weight="plus">
        {texts.attempts}
      </Text>
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
    </div>
  );
}

function Operations({ payment, texts }: PartProps): ReactNode {
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <Text size="small" weight="plus">
        {texts.operations}
      </Text>
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
    </div>
  );
}

function Documents({ payment, texts }: PartProps): ReactNode {
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <Text size="small" weight="plus">
        {texts.documents}
      </Text>
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
    </div>
  );
}

function Partners({ partners, texts }: { readonly partners: PartnersView; readonly texts: Texts }): ReactNode {
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <Text size="small" weight="plus">
        {texts.partners}
      </Text>
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
    </div>
  );
}

function toDate(instant: string): string {
  return new Date(instant).toLocaleString(readLanguage());
}

export const config: ReturnType<typeof defineWidgetConfig> = defineWidgetConfig({ zone: "order.details.side.before" });

export default OrderPayment;
