import {
  isOutcomeUnknown,
  isServiceError,
  type ServiceId,
  type SpaceClient,
  type TerminalSum,
  type TerminalSummary,
} from "@checkout-plugins/client";
import { refuse } from "./command-result.ts";
import type {
  AnswerKey,
  AnswerStore,
  CommandResult,
  CoreParts,
  FinalBalance,
  FinalBalanceCommand,
  FinalBalanceId,
  FinalBalanceSlipCommand,
  FinalBalancesCommand,
  Seconds,
  ShopId,
  TerminalId,
} from "./contract/index.ts";
import { sum, toMoney } from "./money.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop } from "./shop-space.ts";
import { refuseTerminals } from "./terminal-parts.ts";
import { toServiceLayout } from "./terminals.ts";
import { addSeconds } from "./time.ts";

type Balanced = CommandResult<"finalBalance">;

/** So long nothing but a person triggers again what may have been triggered. */
const remembered: Seconds = 24 * 60 * 60;

function toBrands(sums: readonly TerminalSum[]): FinalBalance["brands"] {
  return sums.flatMap(({ brand, product, currency, amount, tip, count }) => {
    if (currency === null || amount === null) return [];
    const name = brand ?? product ?? "";
    return [{ name, count: count ?? 0, amount: toMoney(amount, currency), tip: toMoney(tip ?? "0", currency) }];
  });
}

function toFinalBalance(summary: TerminalSummary, terminal: TerminalId): FinalBalance {
  const brands = toBrands(summary.sums);
  const balances = Object.entries(summary.balances).map(([currency, amount]) => toMoney(amount, currency));
  const byCurrency = Map.groupBy(brands, ({ amount }) => amount.currency);
  const summed = [...byCurrency].map(([currency, of]) =>
    sum(
      of.map(({ amount }) => amount),
      currency,
    ),
  );
  return {
    id: summary.id as string as FinalBalanceId,
    terminal,
    startedOn: summary.startedOn,
    endedOn: summary.endedOn,
    count: summary.numberOfTransactions ?? brands.reduce((all, { count }) => all + count, 0),
    totals: balances.length > 0 ? balances : summed,
    brands,
  };
}

const newestFirst = (one: TerminalSummary, other: TerminalSummary) => (BigInt(one.id) > BigInt(other.id) ? -1 : 1);

async function list(
  space: SpaceClient,
  terminal: TerminalId,
  signal: AbortSignal | undefined,
): Promise<readonly TerminalSummary[]> {
  const found = await space.listTerminalSummariesOf(terminal as string as ServiceId, { signal });
  return found.toSorted(newestFirst);
}

/** The balance that the caller has not seen. */
async function findNewer(
  space: SpaceClient,
  { terminal, after }: FinalBalanceCommand,
  signal: AbortSignal | undefined,
): Promise<FinalBalance | null> {
  const [newest] = await list(space, terminal, signal);
  if (newest === undefined || (after !== null && BigInt(newest.id) <= BigInt(after))) return null;
  return toFinalBalance(newest, terminal);
}

/** The trace that it was triggered after this balance: the command's own, whoever sends it and under whatever id. */
function toKey(shop: ShopId, { terminal, after, test }: FinalBalanceCommand): AnswerKey {
  return { shop, id: `finalBalance.${test ? "test" : "live"}.${terminal}.${after ?? "first"}`, digest: "" };
}

const unknown: Balanced = { kind: "pending", operation: null, payment: null };

async function trigger(
  space: SpaceClient,
  answers: AnswerStore,
  key: AnswerKey,
  command: FinalBalanceCommand,
  signal: AbortSignal | undefined,
): Promise<Balanced> {
  const { terminal } = command;
  let made: ServiceId | null = null;
  try {
    made = (await space.triggerFinalBalance(terminal as string as ServiceId, { signal })).id;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    if (!isOutcomeUnknown(error)) {
      await answers.dropAnswer(key);
      if (error.code !== "versionConflict" && error.code !== "invalid" && error.code !== "notFound") throw error;
      const why = `Terminal ${terminal} cannot end its day now. Wait until no buyer is at it, and check that it is active. ${error.message}`;
      return refuse("notPossibleNow", "en", why);
    }
  }
  try {
    const answer =
      made === null
        ? await findNewer(space, command, signal)
        : toFinalBalance(await space.readTerminalSummary(made, { signal }), terminal);
    return answer === null ? unknown : { kind: "successful", answer, payment: null };
  } catch (error) {
    if (isServiceError(error)) return unknown;
    throw error;
  }
}

/**
 * Looks whether it was made already, then triggers it: three requests, two where it was. After an unknown outcome it is
 * looked for, and is `pending` while it is not found; a repeat then only looks, unless a person says `again`.
 *
 * @throws PaymentError as startPayment does; nothing was triggered then.
 */
export async function runFinalBalance(
  parts: CoreParts,
  shopId: ShopId,
  command: FinalBalanceCommand,
  signal?: AbortSignal,
): Promise<Balanced> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, "en", command.terminal, command.after);
  if (refused !== null) return refused;
  const { answers, clock } = parts;
  if (answers === undefined) {
    return refuse("notSupported", "en", "Final balances are not kept here, so a cut answer could end a day twice.");
  }
  const space = chooseSpace(shop, command.test);
  const key = toKey(shopId, command);
  try {
    const made = await findNewer(space, command, signal);
    if (made !== null) return { kind: "successful", answer: made, payment: null };
    if (command.again) await answers.dropAnswer(key);
    const now = clock.now();
    const claim = await answers.beginAnswer(key, now, addSeconds(now, remembered));
    return claim.kind === "begun" ? await trigger(space, answers, key, command, signal) : unknown;
  } catch (error) {
    throw toPaymentError(error);
  }
}

/** One request for each hundred. @throws PaymentError as startPayment does. */
export async function runFinalBalances(
  parts: CoreParts,
  shopId: ShopId,
  { terminal, test }: FinalBalancesCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"finalBalances">> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, "en", terminal);
  if (refused !== null) return refused;
  try {
    const found = await list(chooseSpace(shop, test), terminal, signal);
    return { kind: "successful", answer: found.map((one) => toFinalBalance(one, terminal)), payment: null };
  } catch (error) {
    throw toPaymentError(error);
  }
}

/** One request. @throws PaymentError as startPayment does. */
export async function runFinalBalanceSlip(
  parts: CoreParts,
  shopId: ShopId,
  command: FinalBalanceSlipCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"finalBalanceSlip">> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, "en", command.balance);
  if (refused !== null) return refused;
  try {
    const id = command.balance as string as ServiceId;
    const space = chooseSpace(shop, command.test);
    const { mimeType, data } = await space.readTerminalSummaryReceipt(id, toServiceLayout(command), { signal });
    const base64 = Buffer.from(data).toString("base64");
    return { kind: "successful", answer: { mimeType, title: "Final balance", base64 }, payment: null };
  } catch (error) {
    if (!isServiceError(error) || (error.code !== "notFound" && error.code !== "invalid")) throw toPaymentError(error);
    return refuse(
      "notPossibleNow",
      "en",
      `There is no such slip. Ask for the list of final balances. ${error.message}`,
    );
  }
}
