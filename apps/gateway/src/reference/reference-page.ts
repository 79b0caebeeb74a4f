import type { OpenApiDocument } from "@checkout-plugins/shop-protocol";
import { html } from "hono/html";
import type { Html } from "../console/page.ts";

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly requestBody: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}
interface Content {
  readonly "application/json": {
    readonly schema: Schema;
    readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
  };
}
type Paths = Readonly<Record<string, { readonly post: Operation }>>;

/** The document for people: every message with its fields and an example. It holds no script. */
export function toReferencePage(document: OpenApiDocument): Html {
  const { title, description, version } = document.info as Readonly<
    Record<"title" | "description" | "version", string>
  >;
  const operations = [
    ...Object.entries(document.paths as Paths).map(([path, { post }]) => [`POST ${path}`, post] as const),
    ...Object.values(document.webhooks as Paths).map(({ post }) => ["POST to your shop", post] as const),
  ];
  const names = Object.keys(document.components.schemas);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/console.css" />
        <link rel="stylesheet" href="/reference.css" />
      </head>
      <body>
        <header>
          <h1>${title} ${version}</h1>
          <nav aria-label="Formats"><a href="/openapi.json">OpenAPI 3.1</a></nav>
        </header>
        <main>
          <section>${description.split("\n\n").map((part) => html`<p>${withCode(part)}</p>`)}</section>
          ${operations.map(([name, operation]) => operationSection(name, operation))}
          <section>
            <h2>Forms</h2>
            <ul>${names.map((name) => html`<li><a href="#${name}">${name}</a></li>`)}</ul>
          </section>
          ${names.map((name) => schemaSection(name, document.components.schemas[name] ?? {}))}
        </main>
      </body>
    </html>`;
}

function operationSection(name: string, { summary, description, requestBody, responses }: Operation): Html {
  const { schema, examples = {} } = requestBody.content["application/json"];
  return html`<section>
    <h2>${summary}</h2>
    <p><code>${name}</code></p>
    ${description.split("\n").map((line) => html`<p>${withCode(line.replace(/^- /, ""))}</p>`)}
    <p>Body: ${typeOf(schema)}</p>
    <ul>
      ${Object.entries(responses).map(([status, { description }]) => html`<li>${status}: ${withCode(description)}</li>`)}
    </ul>
    ${Object.values(examples).map((example) => exampleOf(example))}
  </section>`;
}

/** Words between backticks are code. */
function withCode(text: string): readonly (Html | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}

function exampleOf({ summary, value }: { readonly summary: string; readonly value: unknown }): Html {
  return html`<details>
    <summary>Example: ${summary}</summary>
    <pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>
  </details>`;
}

function schemaSection(name: string, schema: Schema): Html {
  return html`<section id="${name}">
    <h2>${name}</h2>
    ${schema.properties === undefined ? html`<p>${typeOf(schema)}</p>` : fieldList(schema)}
  </section>`;
}

function fieldList(schema: Schema): Html {
  const required = (schema.required ?? []) as readonly string[];
  const fields = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>);
  return html`<ul>
    ${fields.map(
      ([field, of]) =>
        html`<li><code>${field}</code>${required.includes(field) ? "" : " (may be missing)"}: ${typeOf(of)}</li>`,
    )}
  </ul>`;
}

function typeOf(schema: Schema): Html {
  const { $ref, const: one, enum: words, type, items } = schema;
  if (typeof $ref === "string") {
    const name = $ref.split("/").at(-1) ?? "";
    return html`<a href="#${name}">${name}</a>`;
  }
  if (one !== undefined) return html`<code>${JSON.stringify(one)}</code>`;
  if (Array.isArray(words))
    return html`${between(
      words.map((word) => html`<code>${JSON.stringify(word)}</code>`),
      ", ",
    )}`;
  const choices = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (choices !== undefined) return html`${between(choices.map(typeOf), " or ")}`;
  if (type === "array") return html`list of ${typeOf((items ?? {}) as Schema)}`;
  return type === "object" && schema.properties !== undefined
    ? fieldList(schema)
    : html`${String(type ?? "any value")}`;
}

function between(parts: readonly Html[], what: string): readonly (Html | string)[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [what, part]));
}
