import { isServiceError, type Terminal as ServiceTerminal, type TerminalReceipt } from "@checkout-plugins/client";
import { refuse } from "./command-result.ts";
import type {
  CommandResult,
  CoreParts,
  ShopId,
  SlipLayout,
  Terminal,
  TerminalId,
  TerminalReceiptsCommand,
  TerminalsCommand,
} from "./contract/index.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop, findSpace } from "./shop-space.ts";
import { refuseTerminals } from "./terminal-parts.ts";

function isThere({ state }: ServiceTerminal): boolean {
  return state !== "DECOMMISSIONING" && state !== "DECOMMISSIONED";
}

function toTerminal({ id, identifier, name, defaultCurrency, state, deviceSerialNumber }: ServiceTerminal): Terminal {
  return {
    id: id as string as TerminalId,
    identifier,
    name: name ?? identifier ?? id,
    currency: defaultCurrency,
    isReady: state === "ACTIVE" && deviceSerialNumber !== null,
  };
}

/** One request for each hundred. @throws PaymentError as runStored does. */
export async function runTerminals(
  parts: CoreParts,
  shopId: ShopId,
  { test }: TerminalsCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"terminals">> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, "en");
  if (refused !== null) return refused;
  try {
    const all = await chooseSpace(shop, test).listTerminals({ signal });
    return { kind: "successful", answer: all.filter(isThere).map(toTerminal), payment: null };
  } catch (error) {
    throw toPaymentError(error);
  }
}

export function toServiceLayout({ format, width }: SlipLayout): {
  readonly format: "PDF" | "TXT";
  readonly width: number;
} {
  return { format: format === "pdf" ? "PDF" : "TXT", width };
}

/** The service publishes no list of the types, so they are told by their English names. */
function toReader({ type }: TerminalReceipt): "merchant" | "buyer" | null {
  const name = Object.entries(type?.name ?? {}).find(([language]) => language.startsWith("en"))?.[1] ?? "";
  if (/merchant/i.test(name)) return "merchant";
  return /customer|cardholder|buyer/i.test(name) ? "buyer" : null;
}

const titles = { merchant: "Merchant receipt", buyer: "Customer receipt" } as const;

/** The slips of the payment that governs: one request; none where no terminal took it. */
export async function runTerminalReceipts(
  parts: CoreParts,
  shopId: ShopId,
  command: TerminalReceiptsCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"terminalReceipts">> {
  const shop = await findShop(parts.shops, shopId);
  const refused = refuseTerminals(shop, "en");
  if (refused !== null) return refused;
  const payment = (await parts.store.read(shopId, command.reference))?.payment ?? null;
  const attempt = payment?.governing;
  if (attempt?.transaction == null) {
    const why = `There is no payment "${command.reference}" in this shop that was begun.`;
    return refuse("unknownPayment", "en", why, payment);
  }
  try {
    const space = findSpace(shop, attempt.space);
    const receipts = await space.listTerminalReceipts(attempt.transaction, toServiceLayout(command), { signal });
    const answer = receipts.map((receipt) => {
      const reader = toReader(receipt);
      const title = reader === null ? "Receipt" : titles[reader];
      const base64 = Buffer.from(receipt.data).toString("base64");
      return { mimeType: receipt.mimeType, title, base64, for: reader, isPrinted: receipt.printed };
    });
    return { kind: "successful", answer, payment };
  } catch (error) {
    const isNotReady = isServiceError(error) && (error.code === "invalid" || error.code === "notFound");
    if (!isNotReady) throw toPaymentError(error);
    const why = `The service has no receipts of it yet. Try again later. ${error.message}`;
    return refuse("notPossibleNow", "en", why, payment);
  }
}
