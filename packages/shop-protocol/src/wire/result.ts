import type {
  Answers,
  BuyerStep,
  CommandKind,
  CommandResult,
  FinalBalance,
  HiddenMethod,
  Method,
  Methods,
  StoredMeans,
  Terminal,
  TerminalReceipt,
} from "@checkout-plugins/core";
import { z } from "zod";
import { parseWith, wire } from "./check.ts";
import { id, instant, list, lenientMoney as money, oneOf, url } from "./parts.ts";
import { failure, operation, paymentSchema } from "./payment.ts";

const methodFields = {
  id: id<Method["id"]>(),
  name: z.string(),
  description: z.string().nullable(),
  image: url.nullable(),
  currencies: list(z.string()),
};
export const method: z.ZodType<Method> = wire<Method>()(z.object(methodFields));

const hiddenMethod: z.ZodType<HiddenMethod> = wire<HiddenMethod>()(
  z.object({ ...methodFields, reason: oneOf("inactive", "currency").nullable() }),
);
const methods: z.ZodType<Methods> = wire<Methods>()(z.object({ offered: list(method), hidden: list(hiddenMethod) }));

const means: z.ZodType<StoredMeans> = wire<StoredMeans>()(
  z.object({
    id: id<StoredMeans["id"]>(),
    label: z.string(),
    method: id<Method["id"]>().nullable(),
    image: url.nullable(),
    expiresOn: instant.nullable(),
  }),
);

const redirect = wire<Extract<BuyerStep, { kind: "redirect" }>>()(z.object({ kind: z.literal("redirect"), url }));
const script = wire<Extract<BuyerStep, { kind: "script" }>>()(
  z.object({
    kind: z.literal("script"),
    integration: oneOf("lightbox", "iframe"),
    url,
    methods: list(method),
  }),
);
const nothing = wire<Extract<BuyerStep, { kind: "nothingToDo" }>>()(z.object({ kind: z.literal("nothingToDo") }));
export const step: z.ZodType<BuyerStep> = wire<BuyerStep>()(z.discriminatedUnion("kind", [redirect, script, nothing]));

const renderedFields = { mimeType: z.string(), title: z.string(), base64: z.base64() };
const rendered: z.ZodType<Answers["document"]> = wire<Answers["document"]>()(z.object(renderedFields));

export const terminal: z.ZodType<Terminal> = wire<Terminal>()(
  z.object({
    id: id<Terminal["id"]>(),
    identifier: z.string().nullable(),
    name: z.string(),
    currency: z.string().nullable(),
    isReady: z.boolean(),
  }),
);
export const receipt: z.ZodType<TerminalReceipt> = wire<TerminalReceipt>()(
  z.object({ ...renderedFields, for: oneOf("merchant", "buyer").nullable(), isPrinted: z.boolean() }),
);
const brand: z.ZodType<FinalBalance["brands"][number]> = wire<FinalBalance["brands"][number]>()(
  z.object({ name: z.string(), count: z.int(), amount: money, tip: money }),
);
export const balance: z.ZodType<FinalBalance> = wire<FinalBalance>()(
  z.object({
    id: id<FinalBalance["id"]>(),
    terminal: id<FinalBalance["terminal"]>(),
    startedOn: instant.nullable(),
    endedOn: instant.nullable(),
    count: z.int(),
    totals: list(money),
    brands: list(brand),
  }),
);

const answers: { readonly [K in CommandKind]: z.ZodType<Answers[K]> } = {
  start: step,
  update: z.null(),
  methods,
  charge: z.null(),
  complete: operation,
  void: operation.nullable(),
  refund: operation,
  review: operation,
  document: rendered,
  stored: list(means),
  forget: z.null(),
  adopt: z.null(),
  return: step,
  terminals: list(terminal),
  terminal: z.null(),
  terminalStop: oneOf("stopped", "taken"),
  terminalReceipts: list(receipt),
  finalBalance: balance,
  finalBalances: list(balance),
  finalBalanceSlip: rendered,
};

/** What the gateway answers to a command of this kind. Read leniently: fields that came later are ignored. */
export function resultSchema<K extends CommandKind>(kind: K): z.ZodType<CommandResult<K>> {
  const payment = paymentSchema.nullable();
  const schema = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("successful"), answer: answers[kind], payment }),
    z.object({ kind: z.literal("pending"), operation: id().nullable(), payment }),
    z.object({ kind: z.literal("failed"), failure, payment }),
  ]);
  return schema as unknown as z.ZodType<CommandResult<K>>;
}

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parseResult<K extends CommandKind>(kind: K, value: unknown): CommandResult<K> {
  return parseWith(resultSchema(kind), value, "The gateway's answer");
}
