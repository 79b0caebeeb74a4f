import { PaymentError } from "@checkout-plugins/core";
import type { z } from "zod";

type Flat<T> = T extends object ? { [K in keyof T]: T[K] } : T;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Same<Schema extends z.ZodType, Contract> = Equal<Flat<Readonly<z.output<Schema>>>, Flat<Contract>>;

/** Ties a schema to its type of the contract: a property too many, too few or different does not compile. */
export function wire<Contract>(): <Schema extends z.ZodType>(
  schema: Same<Schema, Contract> extends true ? Schema : never,
) => Schema {
  return (schema) => schema;
}

/** @throws PaymentError `badRequest` that names each field, what is wrong with it, and what to send. */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const lines = result.error.issues.slice(0, 10).map((issue) => toSentence(issue));
  throw new PaymentError("badRequest", `${what} is not valid. ${lines.join(" ")}`);
}

function toSentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_union" && issue.errors.length > 0) return toUnionSentence(issue);
  const path = toPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    return `${path}: unknown field ${issue.keys.map((key) => `"${key}"`).join(", ")}; remove it or correct its name.`;
  }
  const missing = issue.code !== "custom" && "input" in issue && issue.input === undefined;
  return `${path}: ${missing ? "is missing; it " : ""}${issue.message}.`;
}

/** The choice that came closest: the one whose first complaint lies deepest. */
function toUnionSentence(issue: z.core.$ZodIssueInvalidUnion): string {
  const closest = issue.errors.toSorted((a, b) => toDepth(b) - toDepth(a))[0]?.[0];
  if (closest === undefined || closest.path.length === 0) return `${toPath(issue.path)}: ${issue.message}.`;
  return toSentence({ ...closest, path: [...issue.path, ...closest.path] });
}

function toDepth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function toPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "The whole";
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${String(part)}`))
    .join("");
}
