import type { AddressInfo } from "node:net";
import {
  type ShopEntry,
  type ShopFault,
  type ShopHarness,
  type ShopParts,
  testShopAdapter,
} from "@checkout-plugins/conformance";
import type { Money, Payment, PaymentReference, ShopCommand, ShopKey, Url } from "@checkout-plugins/core";
import { createGatewayClient, createShopDoor, isGatewayError, signMessage } from "@checkout-plugins/shop-protocol";
import { serve } from "@hono/node-server";
import { createHttpPlatform } from "./http-adapter.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const gatewayUrl = "http://gateway.test";

/** One order of the smallest shop: what it shows, what is booked, who was told. */
interface Order {
  shown: Payment | null;
  readonly entries: Map<string, ShopEntry>;
  readonly notes: Map<string, string>;
  readonly rows: Set<string>;
  readonly effects: Record<string, number>;
}

const states = { pending: "pending", successful: "done", failed: "failed" } as const;

/** What a shop does behind its door: the newest payment counts, each operation is booked once, each mail sent once. */
function show(order: Order, payment: Payment): "shown" | "unchanged" {
  if (order.shown !== null && payment.revision <= order.shown.revision) return "unchanged";
  const count = (what: string) => {
    order.effects[what] = (order.effects[what] ?? 0) + 1;
  };
  for (const { key, kind, amount, state } of payment.operations) {
    if (kind === "review") continue;
    if (state === "successful" && order.entries.get(key)?.state !== "done") count(`${kind} booked`);
    order.entries.set(key, { kind, amount, state: states[state] });
  }
  if (payment.standing === "paid" && order.effects.confirmation === undefined) count("confirmation");
  for (const { key, detail } of payment.findings) order.notes.set(key, detail);
  order.shown = payment;
  return "shown";
}

async function createHarness({ gateway, shopId, now, createId }: ShopParts): Promise<ShopHarness> {
  const orders = new Map<PaymentReference, Order>();
  const faults = new Map<PaymentReference, ShopFault>();
  const mended = new Set<() => void>();

  const door = createShopDoor({
    secrets: [secret],
    now,
    async show(payment) {
      const fault = faults.get(payment.reference);
      if (fault === "down") throw new Error("The database is gone");
      if (fault === "nonsense") return "thank you" as never;
      if (fault === "slow") await new Promise<void>((resolve) => mended.add(resolve));
      const order = orders.get(payment.reference);
      if (order === undefined || fault === "orderGone" || fault === "orderClosed") {
        return { kind: "refused", reason: fault === "orderClosed" ? fault : "orderGone", detail: "Ask the shop." };
      }
      return { kind: show(order, payment), receipt: { revision: order.shown?.revision ?? 0 } };
    },
  });
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const answer = (request: Request) => door(request).catch(() => new Response("Oops", { status: 500 }));
  const server = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" }, resolve);
  const adapter = createHttpPlatform({ fetch, now, createId }).connect({
    id: shopId,
    settings: { showUrl: `http://127.0.0.1:${(await promise).port}/show` },
    secrets: { get: async (name) => (name === "secret" ? secret : undefined), renew: async () => secret },
  });
  const client = createGatewayClient({ gatewayUrl, shopId, secret, fetch: gateway, now, createId });

  return {
    adapter,
    shop: {
      async order(order, { reference: known, completion, test }) {
        const reference = known ?? (createId() as PaymentReference);
        const fresh: Order = { shown: null, entries: new Map(), notes: new Map(), rows: new Set(), effects: {} };
        orders.set(reference, orders.get(reference) ?? fresh);
        const returnUrl = "https://shop.example.ch/paid" as Url;
        const offer = { kind: "start", reference, order, completion, test, returnUrl, cancelUrl: null } as const;
        const result = await client.run({ ...offer, integration: "page", method: null, store: false });
        const isLed = result.kind === "successful" && result.answer.kind === "redirect";
        return { reference, url: isLed ? result.answer.url : null };
      },
      async press({ kind, reference, amount, lines, row, deleted }) {
        const rows = orders.get(reference)?.rows.add(`${kind}-${row}`) ?? new Set<string>();
        const toKey = (name: string) => `${reference}-${name}` as ShopKey;
        const gone = deleted.map((name) => `${kind}-${name}`);
        const heldKeys = [...rows].filter((name) => !gone.includes(name)).map(toKey);
        const write = { reference, shopKey: toKey(`${kind}-${row}`), heldKeys };
        const commands = {
          complete: { kind: "complete", ...write, amount, lines, last: "whenWhole" },
          refund: { kind: "refund", ...write, amount, lines, reason: null, offline: false },
          void: { kind: "void", ...write, whenCompleted: "refuse" },
          accept: { kind: "review", reference, shopKey: write.shopKey, decision: "suitable" },
          deny: { kind: "review", reference, shopKey: write.shopKey, decision: "notSuitable" },
        } as const;
        return client.run<"complete" | "refund" | "void" | "review">(commands[kind]).then(
          (result) => result.kind,
          (error: unknown) => {
            if (isGatewayError(error) && error.code !== "refused" && error.code !== "invalid") return "pending";
            throw error;
          },
        );
      },
      async read(reference) {
        const order = orders.get(reference);
        if (order === undefined) throw new RangeError(`There is no order ${reference}`);
        const { shown, entries, notes, effects } = order;
        const none: Money = { minor: 0, currency: shown?.amount.currency ?? ("CHF" as Money["currency"]) };
        return {
          means: [shown?.standing ?? "open"],
          paid: shown?.completed ?? none,
          refunded: shown?.refunded ?? none,
          entries: [...entries.values()],
          notes: [...notes.values()],
          effects: { ...effects },
        };
      },
      async break(fault, reference) {
        if (fault === null) faults.delete(reference);
        else faults.set(reference, fault);
        for (const goOn of mended) goOn();
        mended.clear();
      },
    },
    async forge(command: ShopCommand, how) {
      const body = JSON.stringify(command);
      const secrets = [how === "wrongSecret" ? `whsec_${Buffer.alloc(32, 1).toString("base64")}` : secret];
      const signed = signMessage({ id: createId(), now: now() - (how === "stale" ? 3_600_000 : 0), body, secrets });
      return new Request(`${gatewayUrl}/shops/${shopId}/commands`, {
        method: "POST",
        headers: how === "unsigned" ? {} : { ...signed },
        body: how === "altered" ? body.replace("1000", "9000") : body,
      });
    },
    async close() {
      await new Promise((done) => {
        server.close(done);
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
}

testShopAdapter("the HTTP adapter", { createHarness });
