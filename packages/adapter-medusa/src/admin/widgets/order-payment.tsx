import { defineWidgetConfig } from "@medusajs/admin-sdk";
import { Button, Container, Copy, Heading, StatusBadge, Text, toast } from "@medusajs/ui";
import type { ReactNode } from "react";
import type { PaymentView } from "../../admin-view.ts";
import type { OrderView } from "../../api/admin/postfinance-checkout/orders/[order]/route.ts";
import { ask, readTexts, useAnswer } from "../lib/ask.ts";
import { AdviceBox } from "../lib/finding.tsx";
import { Amounts, Attempts, Documents, Operations, Partners, type PartProps, toDate } from "../lib/payment-parts.tsx";
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

export const config: ReturnType<typeof defineWidgetConfig> = defineWidgetConfig({ zone: "order.details.side.before" });

export default OrderPayment;
