import { unprocessable } from "../api-error.ts";
import { findTestCard, testCards } from "../catalogue/cards.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { Buyer, BuyerStep, CardEntry } from "../service/buyer.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import type { TransactionRow } from "../state/transaction.ts";
import type { BuyerAction } from "./control-shapes.ts";

/** What came of it, and where the browser would go. */
export interface ActionResult {
  readonly kind: BuyerStep["kind"];
  readonly redirectUrl: string | null;
}

/** Where the browser goes after a step; null: it stays on the payment page. */
export function redirectOf(row: TransactionRow, step: BuyerStep): string | null {
  const { successUrl = null, failedUrl = null } = row.content;
  if (step.kind === "paid" || step.kind === "processing") return successUrl;
  return step.kind === "failed" || step.kind === "aborted" ? failedUrl : null;
}

/** Does on behalf of the buyer what the payment page would do. */
export function act(buyer: Buyer, row: TransactionRow, action: BuyerAction, now: number): ActionResult {
  const step = perform(buyer, row, action, now);
  return { kind: step.kind, redirectUrl: redirectOf(row, step) };
}

function perform(
  buyer: Buyer,
  row: TransactionRow,
  { action, card, methodConfiguration, keep = false }: BuyerAction,
  now: number,
): BuyerStep {
  if (action === "abort") return buyer.abort(row);
  if (action === "confirm" || action === "refuse") return buyer.answer(row, action === "confirm");
  const visit = { userInterface: "PAYMENT_PAGE", browser: null } as const;
  const method = methodOf(buyer.methods(row), card !== undefined, methodConfiguration);
  if (paymentMethod(method.method).kind !== "card") return buyer.payByMethod(row, method, action, visit);
  return buyer.payByCard(row, method, cardOf(card ?? (action === "pay" ? "success" : "declined"), keep, now), visit);
}

function methodOf(
  methods: readonly MethodConfigurationRow[],
  isCard: boolean,
  wanted: string | undefined,
): MethodConfigurationRow {
  const fitting = methods.filter((row) =>
    wanted === undefined ? !isCard || paymentMethod(row.method).kind === "card" : row.id === wanted,
  );
  const [method] = fitting;
  if (method !== undefined) return method;
  throw unprocessable(
    "method_not_available",
    `The transaction cannot be paid by ${wanted ?? "card"}; it offers ${methods.map(({ id }) => id).join(", ")}.`,
  );
}

/** A test card, valid for two more years. */
function cardOf(nameOrNumber: string, isToBeKept: boolean, now: number): CardEntry {
  const number = findTestCard(nameOrNumber)?.number ?? nameOrNumber.replace(/\s/g, "");
  if (!/^\d{10,19}$/.test(number)) {
    throw unprocessable(
      "unknown_card",
      `"${nameOrNumber}" is neither a card number nor one of ${testCards.map(({ name }) => name).join(", ")}.`,
    );
  }
  return { number, expiry: `${new Date(now).getUTCFullYear() + 2}-12`, holder: null, isToBeKept };
}
