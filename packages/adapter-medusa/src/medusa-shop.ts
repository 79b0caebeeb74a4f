import type {
  BigNumberInput,
  IOrderModuleService,
  IPaymentModuleService,
  MedusaContainer,
} from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { author } from "./medusa-names.ts";
import { cartFields, type MedusaCart } from "./medusa-order.ts";

/** A capture or a refund. */
export interface MedusaRow {
  readonly id: string;
  readonly amount: BigNumberInput;
  readonly created_by: string | null;
  readonly created_at: string | Date;
  readonly metadata?: { readonly [key: string]: unknown } | null;
}

export interface MedusaPayment {
  readonly id: string;
  readonly captured_at: string | Date | null;
  readonly canceled_at: string | Date | null;
  readonly captures: readonly MedusaRow[];
  readonly refunds: readonly MedusaRow[];
}

/** A payment session and what hangs on it. */
export interface MedusaSession {
  readonly id: string;
  readonly providerId: string;
  readonly status: string;
  readonly amount: BigNumberInput;
  readonly currencyCode: string;
  readonly data: { readonly [key: string]: unknown };
  /** Who began it, as Medusa itself found out. */
  readonly context: { readonly [key: string]: unknown } | null;
  readonly collectionId: string;
  readonly payment: MedusaPayment | null;
  readonly cartId: string | null;
  readonly orderId: string | null;
}

/** What a cart or an order owes, or owed. */
export interface MedusaCollection {
  readonly id: string;
  readonly status: string;
  /** null: a cart's. */
  readonly orderId: string | null;
  readonly sessions: readonly Pick<MedusaSession, "id" | "providerId" | "status" | "data">[];
}

/** A capture or refund that somebody began in Medusa, not this adapter. */
export interface BegunRow {
  readonly kind: "capture" | "refund";
  readonly id: string;
  readonly amount: BigNumberInput;
  readonly sessionId: string;
  readonly providerId: string;
}

/**
 * What Medusa's payment module has beside its published type: methods that it generates for each of its models, and the
 * one that makes a collection's amounts and status those of its rows, which it calls after each change of its own.
 */
type PaymentModule = IPaymentModuleService & {
  createRefunds(data: object): Promise<MedusaRow>;
  updateRefunds(data: object): Promise<MedusaRow>;
  deleteRefunds(ids: string[]): Promise<void>;
  deleteCaptures(ids: string[]): Promise<void>;
  maybeUpdatePaymentCollection_(id: string): Promise<void>;
};

interface Graph {
  graph(query: {
    readonly entity: string;
    readonly fields: readonly string[];
    readonly filters: object;
  }): Promise<{ readonly data: readonly unknown[] }>;
}

type Workflow = "complete-cart" | "create-order-refund-credit-lines" | "create-payment-sessions" | "cancel-order";

/** Of what Medusa has, what this adapter uses. */
export interface MedusaShop {
  readonly payments: PaymentModule;
  readonly orders: IOrderModuleService;
  readSession(id: string): Promise<MedusaSession | null>;
  /** The cart, or for what an order still owes the order; null where a session belongs to neither. */
  readCart(session: Pick<MedusaSession, "cartId" | "orderId">): Promise<MedusaCart | null>;
  /** Ids of the sessions of an order, newest last. */
  listSessionsOf(orderId: string): Promise<readonly string[]>;
  readCollection(id: string): Promise<MedusaCollection | null>;
  /** Captures and refunds of every provider that were written after the one and until the other moment, oldest first. */
  listBegun(after: Date, until: Date): Promise<readonly BegunRow[]>;
  listCollectionsOf(orderId: string): Promise<readonly MedusaCollection[]>;
  /** Runs one of Medusa's own workflows. @throws what it throws. */
  run(workflow: Workflow, input: object): Promise<void>;
  /** With the id of what the event is about. */
  emit(event: "order.placed" | "payment.captured" | "payment.refunded", id: string): Promise<void>;
  /** Tells the cart its order, where it does not know it yet: completing it again then answers that order. */
  linkCart(cartId: string, orderId: string): Promise<void>;
}

const sessionFields = [
  "id",
  "provider_id",
  "status",
  "amount",
  "currency_code",
  "data",
  "context",
  "payment_collection_id",
  "payment.id",
  "payment.captured_at",
  "payment.canceled_at",
  "payment.captures.*",
  "payment.refunds.*",
];

type SessionRow = {
  readonly id: string;
  readonly provider_id: string;
  readonly status: string;
  readonly amount: BigNumberInput;
  readonly currency_code: string;
  readonly data: { readonly [key: string]: unknown } | null;
  readonly context?: { readonly [key: string]: unknown } | null;
  readonly payment_collection_id: string;
  readonly payment?: (Omit<MedusaPayment, "captures" | "refunds"> & Partial<MedusaPayment>) | null;
};

const collectionFields = [
  "id",
  "status",
  ...["id", "provider_id", "status", "data"].map((one) => `payment_sessions.${one}`),
];

const begunFields = ["id", "amount", "created_by", "payment.provider_id", "payment.payment_session.id"];

interface BegunFields {
  readonly id: string;
  readonly amount: BigNumberInput;
  readonly created_by: string | null;
  readonly payment?: { readonly provider_id: string; readonly payment_session?: { readonly id: string } | null } | null;
}

interface CollectionRow {
  readonly status: string;
  readonly payment_sessions?: readonly Pick<SessionRow, "id" | "provider_id" | "status" | "data">[] | null;
}

export function createMedusaShop(container: MedusaContainer): MedusaShop {
  const query = container.resolve(ContainerRegistrationKeys.QUERY) as unknown as Graph;
  const find = async <T>(entity: string, fields: readonly string[], filters: object): Promise<readonly T[]> =>
    (await query.graph({ entity, fields, filters })).data as readonly T[];
  const findLinks = async (collection: string): Promise<Pick<MedusaSession, "cartId" | "orderId">> => {
    const filters = { payment_collection_id: collection };
    const [cart] = await find<{ cart_id: string }>("cart_payment_collection", ["cart_id"], filters);
    const [order] = await find<{ order_id: string }>("order_payment_collection", ["order_id"], filters);
    return { cartId: cart?.cart_id ?? null, orderId: order?.order_id ?? null };
  };

  const findCollectionsOf = async (orderId: string): Promise<string[]> => {
    const filters = { order_id: orderId };
    const links = await find<{ payment_collection_id: string }>(
      "order_payment_collection",
      ["payment_collection_id"],
      filters,
    );
    return links.map(({ payment_collection_id: id }) => id);
  };

  const shop: MedusaShop = {
    payments: container.resolve(Modules.PAYMENT) as unknown as PaymentModule,
    orders: container.resolve(Modules.ORDER),
    async readSession(id) {
      const [row] = await find<SessionRow>("payment_session", sessionFields, { id });
      if (row === undefined) return null;
      const { payment } = row;
      return {
        id: row.id,
        providerId: row.provider_id,
        status: row.status,
        amount: row.amount,
        currencyCode: row.currency_code,
        data: row.data ?? {},
        context: row.context ?? null,
        collectionId: row.payment_collection_id,
        payment: payment ? { ...payment, captures: payment.captures ?? [], refunds: payment.refunds ?? [] } : null,
        ...(await findLinks(row.payment_collection_id)),
      };
    },
    async readCart({ cartId, orderId }) {
      const [entity, id] = orderId === null ? ["cart", cartId] : ["order", orderId];
      if (id === null) return null;
      const fields = entity === "order" ? [...cartFields, "display_id"] : cartFields;
      const [cart] = await find<MedusaCart>(entity, fields, { id });
      return cart ?? null;
    },
    async readCollection(id) {
      const [row] = await find<CollectionRow>("payment_collection", collectionFields, { id });
      if (row === undefined) return null;
      const { orderId } = await findLinks(id);
      const sessions = (row.payment_sessions ?? []).map((one) => ({
        id: one.id,
        providerId: one.provider_id,
        status: one.status,
        data: one.data ?? {},
      }));
      return { id, status: row.status, orderId, sessions };
    },
    async listBegun(after, until) {
      const list = async (kind: BegunRow["kind"]): Promise<readonly BegunRow[]> => {
        const filters = { created_at: { $gt: after, $lte: until } };
        const rows = await find<BegunFields>(kind, begunFields, filters);
        return rows
          .filter((row) => row.created_by !== author && row.payment?.payment_session != null)
          .map(({ id, amount, payment }) => ({
            kind,
            id,
            amount,
            sessionId: payment?.payment_session?.id ?? "",
            providerId: payment?.provider_id ?? "",
          }));
      };
      return [...(await list("capture")), ...(await list("refund"))];
    },
    async listCollectionsOf(orderId) {
      const all = (await findCollectionsOf(orderId)).map((id) => shop.readCollection(id));
      return (await Promise.all(all)).filter((one) => one !== null);
    },
    async listSessionsOf(orderId) {
      const collections = await findCollectionsOf(orderId);
      if (collections.length === 0) return [];
      const sessions = await find<{ id: string }>("payment_session", ["id"], { payment_collection_id: collections });
      return sessions.map(({ id }) => id).sort();
    },
    async run(workflow, input) {
      await container.resolve(Modules.WORKFLOW_ENGINE).run(workflow, { input });
    },
    async emit(name, id) {
      await container.resolve(Modules.EVENT_BUS).emit({ name, data: { id } });
    },
    async linkCart(cartId, orderId) {
      const known = await find("order_cart", ["order_id"], { cart_id: cartId });
      if (known.length > 0) return;
      const links = container.resolve(ContainerRegistrationKeys.LINK);
      await links.create({ [Modules.ORDER]: { order_id: orderId }, [Modules.CART]: { cart_id: cartId } });
    },
  };
  return shop;
}
