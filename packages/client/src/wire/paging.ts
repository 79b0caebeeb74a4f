import type { CallOptions } from "../client.ts";
import { ServiceError } from "../errors.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer, toPage } from "./answers.ts";
import type { Fields } from "./fields.ts";
import type { Send } from "./send.ts";
import type { Query } from "./url.ts";

const largestPage = 100;

/** Every entity of a list in the order of ids, page by page as the caller goes on; `after` is the last id already seen. */
export async function* readList<T extends { readonly id: ServiceId }>(
  send: Send,
  path: string,
  convert: (fields: Fields) => T,
  query: Query & { readonly after?: ServiceId | undefined },
  options: CallOptions | undefined,
): AsyncGenerator<T, void, undefined> {
  let after = query.after;
  while (true) {
    const page = await readPage(send, path, convert, { ...query, after, limit: largestPage, order: "ASC" }, options);
    yield* page.items;
    const last = page.items.at(-1)?.id;
    if (!page.hasMore) return;
    if (last === undefined || last === after) throw toEndless(path);
    after = last;
  }
}

/** A short list, whole. */
export async function collectList<T extends { readonly id: ServiceId }>(
  ...list: Parameters<typeof readList<T>>
): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of readList(...list)) items.push(item);
  return items;
}

/** What a search finds, to its end; the service ends at offset 10,000 with an error. */
export async function searchAll<T>(
  send: Send,
  path: string,
  convert: (fields: Fields) => T,
  query: Query & { readonly query: string },
  options: CallOptions | undefined,
): Promise<readonly T[]> {
  const items: T[] = [];
  while (true) {
    const window = { offset: items.length, limit: largestPage, order: "id:ASC" };
    const page = await readPage(send, `${path}/search`, convert, { ...query, ...window }, options);
    items.push(...page.items);
    if (!page.hasMore) return items;
    if (page.items.length === 0) throw toEndless(`${path}/search`);
  }
}

/** The entities of one transaction. Others, should the search find them, are left out. */
export async function searchOfTransaction<T extends { readonly transaction: ServiceId }>(
  send: Send,
  path: string,
  convert: (fields: Fields) => T,
  transaction: ServiceId,
  query: Query,
  options: CallOptions | undefined,
): Promise<readonly T[]> {
  const search = { ...query, query: `linkedTransaction:${transaction}` };
  const found = await searchAll(send, path, convert, search, options);
  return found.filter((entity) => entity.transaction === transaction);
}

/** @throws TypeError when the text has both kinds of quotes or a backslash: how the service escapes them is not known. */
export function toSearchText(text: string): string {
  const quote = text.includes('"') ? "'" : '"';
  if (text.includes(quote) || text.includes("\\")) {
    throw new TypeError(
      `A search cannot express a text with both kinds of quotes or a backslash: ${JSON.stringify(text)}`,
    );
  }
  return `${quote}${text}${quote}`;
}

async function readPage<T>(
  send: Send,
  path: string,
  convert: (fields: Fields) => T,
  query: Query,
  options: CallOptions | undefined,
): Promise<{ readonly items: readonly T[]; readonly hasMore: boolean }> {
  const read = jsonAnswer((fields) => {
    const { items, hasMore } = toPage(fields);
    return { items: items.map(convert), hasMore };
  }, "list");
  return send({ method: "GET", path, query, read }, options);
}

function toEndless(path: string): ServiceError {
  const request = `GET ${path}`;
  const message = `The list of ${request} says that more follows, but gives nothing new after the last id. It cannot be read to its end.`;
  return new ServiceError(message, { code: "unreadable", request });
}
