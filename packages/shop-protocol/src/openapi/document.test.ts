import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { createOpenApi } from "./document.ts";
import { schemaName } from "./schemas.ts";

const document = createOpenApi({ gatewayUrl: "https://pay.example.ch" });
const readVectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8"));
const commands = readVectors("commands") as {
  readonly valid: readonly { readonly kind: Parameters<typeof schemaName>[0] }[];
  readonly invalid: readonly { readonly name: string; readonly command: unknown }[];
};
const pairing = readVectors("pairing");
const show = readVectors("show");

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, "openapi");
function faultsOf(name: string, value: unknown): unknown {
  const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`There is no schema ${name}`);
  return validate(value) ? null : validate.errors;
}

describe("the OpenAPI document", () => {
  it("is one of version 3.1, whose references all lead somewhere", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, "3.1"]);
    const text = JSON.stringify(document);
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    expect(text).not.toContain("__shared");
  });

  it("describes what the vectors say", () => {
    for (const command of commands.valid) expect(faultsOf(schemaName(command.kind, "Command"), command)).toBeNull();
    for (const { message } of show.messages) expect(faultsOf("ShowMessage", message)).toBeNull();
    for (const answer of show.answers) expect(faultsOf("Shown", answer)).toBeNull();
    expect(faultsOf("PairRequest", JSON.parse(pairing.request.body))).toBeNull();
    expect(faultsOf("PairAnswer", JSON.parse(pairing.answer.body))).toBeNull();
  });

  it("refuses a field too many, one too few, and a word that is none", () => {
    const [refund] = commands.valid.filter(({ kind }) => kind === "refund");
    expect(faultsOf("RefundCommand", { ...refund, extra: 1 })).not.toBeNull();
    expect(faultsOf("RefundCommand", { ...refund, amount: undefined })).not.toBeNull();
    expect(faultsOf("RefundCommand", { ...refund, amount: "all" })).not.toBeNull();
    expect(faultsOf("VoidCommand", refund)).not.toBeNull();
  });

  it("has an example of every command, message and answer", () => {
    const text = JSON.stringify(document);
    for (const { kind } of commands.valid) expect(text).toContain(`"summary":"${kind}"`);
    for (const { name } of show.messages) expect(text).toContain(`"summary":${JSON.stringify(name)}`);
  });
});
