import type { CommandKind, Commands, Money, ShopCommand } from "@checkout-plugins/core";
import { z } from "zod";
import { parseWith, wire } from "./check.ts";
import { lineAmount, order } from "./order.ts";
import { id, list, money, oneOf, serviceNumber, text, url } from "./parts.ts";

const truth = z.boolean("must be true or false");
const reference = id<Commands["start"]["reference"]>();
const shopKey = id<NonNullable<Commands["refund"]["shopKey"]>>();
const means = id<Commands["charge"]["means"]>();
const integration = oneOf("page", "lightbox", "iframe", "configured");
const heldKeys: z.ZodType<Commands["refund"]["heldKeys"]> = z.union([list(shopKey), z.literal("all")], {
  error: 'must be the list of this kind\'s keys for which the shop still has rows, or "all"',
});
const amount: z.ZodType<Money | "rest"> = z.union([money, z.literal("rest")], {
  error: 'must be an amount such as {"minor":2995,"currency":"CHF"}, or "rest"',
});
const lines = list(lineAmount).nullable();

const offer = {
  reference,
  order,
  completion: oneOf("immediate", "deferred", "configured"),
  test: truth,
};
const write = { reference, shopKey: shopKey.nullable(), heldKeys };

const start = wire<Commands["start"]>()(
  z.strictObject({
    kind: z.literal("start"),
    ...offer,
    integration,
    method: id<NonNullable<Commands["start"]["method"]>>().nullable(),
    store: z.union([truth, z.literal("always")]),
    returnUrl: url.nullable(),
    cancelUrl: url.nullable(),
  }),
);
const update = wire<Commands["update"]>()(z.strictObject({ kind: z.literal("update"), reference, order }));
const methods = wire<Commands["methods"]>()(
  z.strictObject({
    kind: z.literal("methods"),
    reference,
    integration,
    order: order.nullable(),
    language: text(35).nullable(),
    test: truth,
    explain: truth,
  }),
);
const charge = wire<Commands["charge"]>()(z.strictObject({ kind: z.literal("charge"), ...offer, means, shopKey }));
const complete = wire<Commands["complete"]>()(
  z.strictObject({
    kind: z.literal("complete"),
    ...write,
    amount,
    lines,
    last: z.union([z.boolean(), z.literal("whenWhole")], { error: 'must be true, false or "whenWhole"' }),
  }),
);
const cancel = wire<Commands["void"]>()(
  z.strictObject({ kind: z.literal("void"), ...write, whenCompleted: oneOf("refuse", "refund") }),
);
const refund = wire<Commands["refund"]>()(
  z.strictObject({
    kind: z.literal("refund"),
    ...write,
    amount,
    lines,
    reason: text(1000).nullable(),
    offline: truth,
  }),
);
const review = wire<Commands["review"]>()(
  z.strictObject({
    kind: z.literal("review"),
    reference,
    shopKey: shopKey.nullable(),
    decision: oneOf("suitable", "notSuitable"),
  }),
);
const ofRefund = z.strictObject({ refund: id<Extract<Commands["document"]["document"], object>["refund"]>() });
const wanted: z.ZodType<Commands["document"]["document"]> = z.union([oneOf("invoice", "packingSlip"), ofRefund], {
  error: 'must be "invoice", "packingSlip" or {"refund": "<operation key>"}',
});
const document = wire<Commands["document"]>()(
  z.strictObject({ kind: z.literal("document"), reference, document: wanted }),
);
const stored = wire<Commands["stored"]>()(
  z.strictObject({ kind: z.literal("stored"), customer: text(200), test: truth }),
);
const forget = wire<Commands["forget"]>()(
  z.strictObject({ kind: z.literal("forget"), customer: text(200), means, test: truth }),
);
const adopt = wire<Commands["adopt"]>()(
  z.strictObject({
    kind: z.literal("adopt"),
    reference,
    order,
    transaction: serviceNumber<Commands["adopt"]["transaction"]>(),
    knownAs: list(text(100)),
    test: truth,
  }),
);
const terminalId = serviceNumber<Commands["terminal"]["terminal"]>();
const balanceId = serviceNumber<NonNullable<Commands["finalBalance"]["after"]>>();
const layout = {
  format: oneOf("pdf", "text"),
  width: z
    .int("must be a whole number of characters or millimetres")
    .min(10, "must be at least 10")
    .max(300, "must be at most 300"),
};
const terminals = wire<Commands["terminals"]>()(z.strictObject({ kind: z.literal("terminals"), test: truth }));
const terminal = wire<Commands["terminal"]>()(
  z.strictObject({
    kind: z.literal("terminal"),
    ...offer,
    terminal: terminalId,
    wait: z.int("must be whole seconds").min(0, "must be at least 0").max(45, "must be at most 45"),
  }),
);
const terminalStop = wire<Commands["terminalStop"]>()(z.strictObject({ kind: z.literal("terminalStop"), reference }));
const terminalReceipts = wire<Commands["terminalReceipts"]>()(
  z.strictObject({ kind: z.literal("terminalReceipts"), reference, ...layout }),
);
const finalBalance = wire<Commands["finalBalance"]>()(
  z.strictObject({
    kind: z.literal("finalBalance"),
    terminal: terminalId,
    test: truth,
    after: balanceId.nullable(),
    again: truth,
  }),
);
const finalBalances = wire<Commands["finalBalances"]>()(
  z.strictObject({ kind: z.literal("finalBalances"), terminal: terminalId, test: truth }),
);
const finalBalanceSlip = wire<Commands["finalBalanceSlip"]>()(
  z.strictObject({ kind: z.literal("finalBalanceSlip"), balance: balanceId, test: truth, ...layout }),
);
const back = wire<Commands["return"]>()(z.strictObject({ kind: z.literal("return"), reference }));

const schemas = {
  start,
  update,
  methods,
  charge,
  complete,
  void: cancel,
  refund,
  review,
  document,
  stored,
  forget,
  adopt,
  return: back,
  terminals,
  terminal,
  terminalStop,
  terminalReceipts,
  finalBalance,
  finalBalances,
  finalBalanceSlip,
} as const;

/** By kind, as a document describes them one by one. */
export const commandSchemas: Readonly<Record<CommandKind, z.ZodType>> = schemas;

type Schema = (typeof schemas)[CommandKind];

/** Every command a shop may send. Strict: an unknown field is refused, so that a typing error cannot be lost. */
export const commandSchema: z.ZodType<ShopCommand> = wire<ShopCommand>()(
  z.discriminatedUnion("kind", Object.values(schemas) as [Schema, ...Schema[]], {
    error: `must be an object whose "kind" is one of ${Object.keys(schemas).join(", ")}`,
  }),
);

/** @throws PaymentError `badRequest` that names each field, what is wrong with it, and what to send. */
export function parseCommand(value: unknown): ShopCommand {
  return parseWith(commandSchema, value, "The command");
}
