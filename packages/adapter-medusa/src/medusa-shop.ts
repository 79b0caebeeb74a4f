import type {
  BigNumberInput,
  IOrderModuleService,
  IPaymentModuleService,
  MedusaContainer,
} from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
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
  readonly collectionId: string;
  readonly payment: MedusaPayment | null;
  readonly cartId: string | null;
  readonly orderId: string | null;
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

/** Of what Medusa has, what this adapter uses. */
export interface MedusaShop {
  readonly payments: PaymentModule;
  readonly orders: IOrderModuleService;
  readSession(id: string): Promise<MedusaSession | null>;
  /** The cart, or for what an order still owes the order; null where a session belongs to neither. */
  readCart(session: Pick<MedusaSession, "cartId" | "orderId">): Promise<MedusaCart | null>;
  /** Ids of the sessions of an order, newest last. */
  listSessionsOf(orderId: string): Promise<readonly string[]>;
  /** Runs one of Medusa's own workflows. @throws what it throws. */
  run(workflow: "complete-cart" | "create-order-refund-credit-lines", input: object): Promise<void>;
  emit(event: "payment.captured" | "payment.refunded", paymentId: string): Promise<void>;
}

const sessionFields = [
  "id",
  "provider_id",
  "status",
  "amount",
  "currency_code",
  "data",
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
  readonly payment_collection_id: string;
  readonly payment?: (Omit<MedusaPayment, "captures" | "refunds"> & Partial<MedusaPayment>) | null;
};

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

  return {
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
    async listSessionsOf(orderId) {
      const links = await find<{ payment_collection_id: string }>(
        "order_payment_collection",
        ["payment_collection_id"],
        { order_id: orderId },
      );
      const collections = links.map(({ payment_collection_id: id }) => id);
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
  };
}
