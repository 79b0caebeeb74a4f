import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { signWebhook, webhookEntities } from "@checkout-plugins/client";

/** A webhook as the service sends it. */
export interface SignedWebhook {
  readonly body: Buffer;
  readonly signature: string;
}

/** The service as far as a sale and its refunds need it, quick enough for fifty thousand of them. */
export interface ServiceDouble {
  readonly url: string;
  /** Every transaction, in the order in which they were made, and the reference it was made for. */
  transactions(): readonly { readonly id: number; readonly merchantReference: string }[];
  /** The buyer has paid, and the goods may be sent. */
  fulfill(transaction: number): SignedWebhook;
  /** Somebody refunds one Rappen in the back office. */
  refund(transaction: number): { readonly id: number; readonly webhook: SignedWebhook };
  /** The refunds that were asked for over the API: externalId to id. A repeat of an externalId is answered with the first. */
  readonly requested: ReadonlyMap<string, number>;
  /** While set, every answer waits for it, as it was when it was made. */
  hold: ((path: string) => Promise<void>) | null;
  close(): Promise<void>;
}

interface TransactionBody {
  readonly currency: string;
  readonly merchantReference: string;
  readonly metaData: Readonly<Record<string, string>>;
  readonly lineItems: readonly { readonly amountIncludingTax: number }[];
}
interface TransactionRow extends TransactionBody {
  readonly id: number;
  isPaid: boolean;
  refunded: number;
}
interface RefundRow {
  readonly id: number;
  readonly transaction: number;
  /** Rappen. */
  readonly amount: number;
  readonly externalId: string;
}

const on = "2026-02-03T09:00:00.000Z";

export async function startServiceDouble(space: string): Promise<ServiceDouble> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const keyId = randomUUID();
  const transactions = new Map<number, TransactionRow>();
  const refunds = new Map<number, RefundRow>();
  const requested = new Map<string, number>();
  let lastId = 900_000;

  const toTransaction = ({ id, isPaid, refunded, lineItems, ...row }: TransactionRow) => ({
    ...row,
    id,
    linkedSpaceId: Number(space),
    version: 1,
    state: isPaid ? "FULFILL" : "PENDING",
    authorizationAmount: lineItems.reduce((sum, line) => sum + line.amountIncludingTax, 0),
    completedAmount: isPaid ? 29.95 : 0,
    refundedAmount: refunded / 100,
    authorizationEnvironment: isPaid ? "PRODUCTION" : null,
    authorizedOn: isPaid ? on : null,
    lineItems: [],
  });
  const toRefund = ({ id, transaction, amount, externalId }: RefundRow) => ({
    id,
    linkedSpaceId: Number(space),
    version: 1,
    state: "SUCCESSFUL",
    type: "MERCHANT_INITIATED_ONLINE",
    amount: amount / 100,
    externalId,
    transaction: { id: transaction },
    createdOn: on,
    succeededOn: on,
  });
  const addRefund = (transaction: number, amount: number, externalId: string): RefundRow => {
    const row = { id: ++lastId, transaction, amount, externalId };
    refunds.set(row.id, row);
    const paid = transactions.get(transaction);
    if (paid !== undefined) paid.refunded += amount;
    return row;
  };
  const sign = (entity: "Transaction" | "Refund", id: number, state: string): SignedWebhook => {
    const body = Buffer.from(
      JSON.stringify({
        eventId: ++lastId,
        entityId: id,
        listenerEntityId: Number(webhookEntities[entity]),
        listenerEntityTechnicalName: entity,
        spaceId: Number(space),
        webhookListenerId: 1,
        timestamp: on,
        state,
      }),
    );
    return { body, signature: signWebhook(body, keyId, privateKey) };
  };
  const create = async (request: IncomingMessage): Promise<unknown> => {
    const body = (await json(request)) as TransactionBody;
    const row = { ...body, id: ++lastId, isPaid: false, refunded: 0 };
    transactions.set(row.id, row);
    return toTransaction(row);
  };
  const createRefund = async (request: IncomingMessage): Promise<unknown> => {
    const body = (await json(request)) as { externalId: string; transaction: number; amount: number };
    const known = refunds.get(requested.get(body.externalId) ?? 0);
    if (known !== undefined) return toRefund(known);
    const row = addRefund(body.transaction, Math.round(body.amount * 100), body.externalId);
    requested.set(body.externalId, row.id);
    return toRefund(row);
  };
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const [, , , ...path] = new URL(request.url ?? "", "http://service").pathname.split("/");
    const [area, kind, id, what] = path;
    if (kind === "encryption-keys") return publicKey.export({ format: "der", type: "spki" }).toString("base64");
    if (kind === "transactions" && id === undefined) return create(request);
    if (kind === "refunds" && request.method === "POST") return createRefund(request);
    if (area === "payment" && id === undefined) return { data: [], hasMore: false };
    if (what === "payment-page-url") return `https://service.example/pay/${id}`;
    const transaction = kind === "transactions" ? transactions.get(Number(id)) : undefined;
    if (transaction !== undefined) return toTransaction(transaction);
    const refund = kind === "refunds" ? refunds.get(Number(id)) : undefined;
    return refund === undefined ? null : toRefund(refund);
  };
  const server = createServer(async (request, response) => {
    const found = await answer(request);
    await double.hold?.(request.url ?? "");
    response.writeHead(found === null ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { code: "resource_missing", message: "There is no such thing." }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const double: ServiceDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    transactions: () => [...transactions.values()],
    fulfill(id) {
      const row = transactions.get(id);
      if (row !== undefined) row.isPaid = true;
      return sign("Transaction", id, "FULFILL");
    },
    refund(transaction) {
      const { id } = addRefund(transaction, 1, `back-office-${lastId}`);
      return { id, webhook: sign("Refund", id, "SUCCESSFUL") };
    },
    requested,
    hold: null,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return double;
}
