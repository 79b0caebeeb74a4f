import { parseAst } from "vitest/node";

export interface Syntax {
  /** What the source imports, re-exports or loads, types too: `./money.ts`, `node:crypto`, `hono/html`. */
  readonly imports: readonly string[];
  /** Where it reaches for the environment, the clock or randomness instead of being given them: `Date.now, line 12`. */
  readonly ambient: readonly string[];
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const ambientMembers = new Set([
  "process.env",
  "Date.now",
  "Math.random",
  "performance.now",
  "crypto.randomUUID",
  "crypto.getRandomValues",
]);
const ambientImports = new Set(["randomUUID", "randomBytes", "randomInt", "getRandomValues", "env"]);

/** Reads those facts of a TypeScript source that the rules of the repository are about. */
export function readSyntax(text: string, lang: "ts" | "tsx" = "ts"): Syntax {
  const imports: string[] = [];
  const ambient: string[] = [];
  for (const node of nodesOf(parseAst(text, { lang }))) {
    const source = importedFrom(node);
    if (source !== undefined) imports.push(source);
    for (const what of ambientOf(node)) ambient.push(`${what}, line ${text.slice(0, node.start).split("\n").length}`);
  }
  return { imports, ambient };
}

/** `hono` of `hono/html`, `@checkout-plugins/core` of `@checkout-plugins/core/testing`. */
export function toPackageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function* nodesOf(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== "object" || value === null) return;
  if (isNode(value)) yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/** The literal source of `import … from`, `export … from`, `import()` and of `import("…").Type`. */
function importedFrom(node: SyntaxNode): string | undefined {
  if (!/Import|^Export/.test(node.type)) return undefined;
  const source = node.source as { readonly value?: unknown } | null | undefined;
  return typeof source?.value === "string" ? source.value : undefined;
}

function ambientOf(node: SyntaxNode): string[] {
  if (node.type === "MemberExpression") {
    const name = `${nameOf(node.object)}.${nameOf(node.property)}`;
    return ambientMembers.has(name) ? [name] : [];
  }
  if (node.type === "NewExpression") {
    return nameOf(node.callee) === "Date" && (node.arguments as unknown[]).length === 0 ? ["new Date()"] : [];
  }
  if (node.type === "ImportDeclaration" && /^node:(crypto|process)$/.test(importedFrom(node) ?? "")) {
    const names = (node.specifiers as SyntaxNode[]).map((specifier) => nameOf(specifier.imported));
    return names.filter((name) => ambientImports.has(name));
  }
  return [];
}

/** The name of an identifier, of `globalThis.name`, or of `["name"]`. */
function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null || !isNode(value)) return "";
  if (value.type === "Identifier") return String(value.name);
  if (value.type === "Literal") return String(value.value);
  return value.type === "MemberExpression" && nameOf(value.object) === "globalThis" ? nameOf(value.property) : "";
}

function isNode(value: object): value is SyntaxNode {
  return "type" in value && typeof value.type === "string";
}
