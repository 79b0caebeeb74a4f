import type { CommandKind } from "@checkout-plugins/core";
import { z } from "zod";
import { pairAnswerSchema, pairRequestSchema } from "../pairing/exchange.ts";
import { commandSchemas } from "../wire/command.ts";
import { faultSchema } from "../wire/fault.ts";
import { lineAmount, order } from "../wire/order.ts";
import { json, money } from "../wire/parts.ts";
import { failure, operation, paymentSchema } from "../wire/payment.ts";
import { balance, method, receipt, resultSchema, step, terminal } from "../wire/result.ts";
import { methodsChangedSchema, showMessageSchema, shownSchema } from "../wire/show.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

export const commandKinds = Object.keys(commandSchemas) as readonly CommandKind[];

/** `StartCommand`, `StartResult`. */
export function schemaName(kind: CommandKind, what: "Command" | "Result"): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${what}`;
}

/** Every form of the protocol by its name, made of the same schemas by which messages are checked. */
export function toJsonSchemas(): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  const add = (id: string, schema: z.ZodType): unknown => registry.add(schema, { id });
  for (const kind of commandKinds) {
    add(schemaName(kind, "Command"), commandSchemas[kind]);
    add(schemaName(kind, "Result"), resultSchema(kind));
  }
  add("Json", json);
  add("Money", money);
  add("Order", order);
  add("LineAmount", lineAmount);
  add("Payment", paymentSchema);
  add("Operation", operation);
  add("Failure", failure);
  add("Method", method);
  add("BuyerStep", step);
  add("Terminal", terminal);
  add("TerminalReceipt", receipt);
  add("FinalBalance", balance);
  add("ShowMessage", showMessageSchema);
  add("MethodsChanged", methodsChangedSchema);
  add("Shown", shownSchema);
  add("PairRequest", pairRequestSchema);
  add("PairAnswer", pairAnswerSchema);
  add("Fault", faultSchema);
  const { schemas } = z.toJSONSchema(registry, {
    target: "draft-2020-12",
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [name, schema as JsonSchema]),
  );
}
