/**
 * Tills on the contract, as code that compiles; written before it, and hard on it. What they showed: the caller's patience
 * belongs into the command (`wait`), or the gateway's answer is cut by whoever waits for it; begin, resume and ask are one
 * command, because a till that died cannot say which it is; and where a payment waits must be in the payment, so that
 * another till finds it.
 */
import type {
  Clock,
  CommandResult,
  Core,
  FinalBalance,
  FinalBalanceId,
  Money,
  Payment,
  PaymentReference,
  ShopId,
  ShopOrder,
  Terminal,
  TerminalId,
} from "../../src/index.ts";

export interface Sale {
  readonly reference: PaymentReference;
  readonly order: ShopOrder;
  readonly terminal: TerminalId;
}

/** What a cashier's page shows. */
export type Screen =
  | { readonly kind: "paid"; readonly tip: Money | null }
  | { readonly kind: "waiting"; readonly at: TerminalId }
  | { readonly kind: "notPaid"; readonly why: string }
  /** There is money, and something is wrong with it: call somebody. */
  | { readonly kind: "held"; readonly why: string };

/**
 * A page whose request is cut after 30 seconds while the buyer takes 97: it asks for 25 and asks again, from wherever it
 * was loaded. It keeps nothing of its own.
 */
export async function ask(core: Core, shop: ShopId, sale: Sale): Promise<Screen> {
  const command = { kind: "terminal", ...sale, completion: "immediate", test: false, wait: 25 } as const;
  const result = await core.runCommand(shop, command);
  switch (result.kind) {
    case "successful":
      return toPaid(result.payment);
    case "pending":
      return { kind: "waiting", at: sale.terminal };
    case "failed":
      return { kind: "notPaid", why: result.failure.merchantMessage };
  }
}

function toPaid(payment: Payment | null): Screen {
  if (payment?.standing !== "held") return { kind: "paid", tip: payment?.tip ?? null };
  return { kind: "held", why: payment.findings.map(({ detail }) => detail).join(" ") };
}

/** The till of before died: this one finds where the payment waits, and goes on there whatever terminal is its own. */
export async function takeOver(core: Core, shop: ShopId, sale: Sale): Promise<Screen> {
  const payment = await core.look(shop, sale.reference);
  const waiting = payment?.standing === "open" ? payment.governing?.terminal : undefined;
  if (waiting === undefined || waiting.isStopped) return ask(core, shop, sale);
  return ask(core, shop, { ...sale, terminal: waiting.id });
}

/** The buyer has changed his mind and pays cash: what he may still pay by card is paid back. */
export async function payCash(core: Core, shop: ShopId, reference: PaymentReference): Promise<"cash" | "paidByCard"> {
  const stopped = await core.runCommand(shop, { kind: "terminalStop", reference });
  if (stopped.kind === "successful" && stopped.answer === "taken") return "paidByCard";
  const command = { kind: "void", reference, shopKey: null, heldKeys: "all", whenCompleted: "refuse" } as const;
  const given = await core.runCommand(shop, command);
  return given.payment?.standing === "paid" ? "paidByCard" : "cash";
}

/** An app that must answer within four seconds: it begins the payment and leaves the outcome to the showing. */
export async function beginInApp(core: Core, shop: ShopId, sale: Sale): Promise<"paid" | "later" | "fail"> {
  const command = { kind: "terminal", ...sale, completion: "configured", test: false, wait: 3 } as const;
  const result: CommandResult<"terminal"> = await core.runCommand(shop, command);
  if (result.kind === "failed") return "fail";
  return result.kind === "successful" && result.payment?.standing === "paid" ? "paid" : "later";
}

/** Every terminal's day is ended once, however often the evening is run. */
export async function endDay(
  core: Core,
  clock: Clock,
  shop: ShopId,
  terminals: readonly Terminal[],
  seen: ReadonlyMap<TerminalId, FinalBalanceId>,
): Promise<readonly (FinalBalance | TerminalId)[]> {
  const ended: (FinalBalance | TerminalId)[] = [];
  for (const { id } of terminals.filter(({ isReady }) => isReady)) {
    const command = { kind: "finalBalance", terminal: id, test: false, after: seen.get(id) ?? null } as const;
    let result = await core.runCommand(shop, { ...command, again: false });
    for (let tries = 0; result.kind === "pending" && tries < 3; tries += 1) {
      await clock.sleep(10);
      result = await core.runCommand(shop, { ...command, again: false }); // looks, and triggers nothing
    }
    ended.push(result.kind === "successful" ? result.answer : id);
  }
  return ended;
}

/** At the counter the goods come back with the receipt: the refund is the shop's own command, with the till's key. */
export function takeBack(
  core: Core,
  shop: ShopId,
  reference: PaymentReference,
  receipt: string,
  amount: Money,
): Promise<CommandResult<"refund">> {
  return core.runCommand(shop, {
    kind: "refund",
    reference,
    shopKey: receipt as never,
    heldKeys: "all",
    amount,
    lines: null,
    reason: null,
    offline: false,
  });
}
