import type { CommandKind } from "@checkout-plugins/core";
import { type Examples, readExamples } from "./examples.ts";
import { commandKinds, type JsonSchema, schemaName, toJsonSchemas } from "./schemas.ts";
import { summaries } from "./summaries.ts";

export interface OpenApiSettings {
  /** The gateway's public address. */
  readonly gatewayUrl: string;
}

/** Of the protocol: grows with every change that a shop could notice. */
const version = "1.1.0";

export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
  readonly [part: string]: unknown;
}

const description = `Your shop sends commands; the gateway tells your shop what became of each payment.

Both directions are signed by Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over
\`{webhook-id}.{webhook-timestamp}.{body}\` with the shop's secret. Messages more than 300 seconds old or ahead are refused.

The \`webhook-id\` of a command is its key: a repeat within a day gets the first answer and has no second effect; the same key
with another body is refused with 409.`;

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonSchema, examples?: Examples): JsonSchema => ({
  "application/json": { schema, ...(examples !== undefined && { examples }) },
});
const fault = (what: string): JsonSchema => ({ description: what, content: json(ref("Fault")) });

/** The shop protocol as an OpenAPI 3.1 document, made of the schemas by which messages are checked. */
export function createOpenApi({ gatewayUrl }: OpenApiSettings): OpenApiDocument {
  const examples = readExamples();
  return {
    openapi: "3.1.1",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Checkout Plugins shop protocol",
      version,
      description,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: gatewayUrl }],
    paths: {
      "/shops/{shop}/commands": {
        parameters: [inPath("shop", "The shop's id"), ...signed],
        post: runCommand(examples),
      },
      "/platforms/{platform}/pair": {
        parameters: [inPath("platform", "`http` or `woocommerce`"), ...signed],
        post: pair,
      },
    },
    webhooks: {
      showPayment: { parameters: signed, post: showPayment(examples) },
      methodsChanged: { parameters: signed, post: methodsChanged },
    },
    components: { schemas: toJsonSchemas() },
  };
}

function inPath(name: string, what: string): JsonSchema {
  return { name, in: "path", required: true, description: what, schema: { type: "string" } };
}

const inHeader = (name: string, what: string, pattern: string): JsonSchema => ({
  name,
  in: "header",
  required: true,
  description: what,
  schema: { type: "string", pattern },
});

const signed: readonly JsonSchema[] = [
  inHeader("webhook-id", "Unique per message; a repeat of the same message keeps it", "^[!-\\-/-~]{1,100}$"),
  inHeader("webhook-timestamp", "Seconds since 1970", "^[0-9]{1,12}$"),
  inHeader("webhook-signature", "`v1,` and Base64; several are parted by spaces", "v1,[A-Za-z0-9+/]{43}="),
];

function runCommand(examples: ReturnType<typeof readExamples>): JsonSchema {
  const oneOf = (what: "Command" | "Result") => ({ oneOf: commandKinds.map((kind) => ref(schemaName(kind, what))) });
  const mapping = Object.fromEntries(
    commandKinds.map((kind) => [kind, `#/components/schemas/${schemaName(kind, "Command")}`]),
  );
  const anyOf = commandKinds.map((kind) => ref(schemaName(kind, "Result")));
  return {
    operationId: "runCommand",
    summary: "Run one command",
    description: commandKinds.map(toLine).join("\n"),
    requestBody: {
      required: true,
      content: json({ ...oneOf("Command"), discriminator: { propertyName: "kind", mapping } }, examples.commands),
    },
    responses: {
      200: { description: "What came of it, by the command's kind", content: json({ anyOf }) },
      400: fault("The command is not of the required form; the message names the field"),
      401: fault("The signature is missing, wrong, or of another time"),
      404: fault("There is no such shop"),
      409: fault("The `webhook-id` was used for another body"),
      422: fault("The order or an amount cannot be right"),
      500: fault("The gateway failed or is not set up; try again with the same id where `retryable` says so"),
      502: fault("PostFinance Checkout refused: credentials, rights, space"),
      503: fault("Try again later with the same id"),
    },
  };
}

function toLine(kind: CommandKind): string {
  const [what, answer] = summaries[kind];
  return `- \`${kind}\`: ${what} Answers: ${answer}`;
}

const pair: JsonSchema = {
  operationId: "pairShop",
  summary: "Exchange a one-time code for the shop's secret",
  description: "Signed with the code's key, and so is the answer; the secret is derived from it and both nonces.",
  requestBody: { required: true, content: json(ref("PairRequest")) },
  responses: {
    200: { description: "The shop is paired", content: json(ref("PairAnswer")) },
    400: fault("The code is too old or was used, or the settings are not of the required form"),
    401: fault("The signature is not by the code's key"),
    404: fault("There is no such platform"),
  },
};

const methodsChanged: JsonSchema = {
  operationId: "methodsChanged",
  summary: "The means of payment of the shop's space changed",
  description:
    "Posted to the same address. Ask for them again by the command `methods`, if you keep them. It may get lost: ask once an hour too.",
  requestBody: { required: true, content: json(ref("MethodsChanged")) },
  responses: { 200: { description: "Noted; the body is not read" } },
};

function showPayment(examples: ReturnType<typeof readExamples>): JsonSchema {
  return {
    operationId: "showPayment",
    summary: "Make the shop show exactly this payment",
    description:
      "Posted to the shop's own address. Safe to repeat: compare `revision` and each operation's `key` under the order's lock. Any answer but 200 means: come again.",
    requestBody: { required: true, content: json(ref("ShowMessage"), examples.messages) },
    responses: { 200: { description: "What the shop did", content: json(ref("Shown"), examples.answers) } },
  };
}
