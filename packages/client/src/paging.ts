import { jsonAnswer, toPage } from "./answers.ts";
import type { CallOptions } from "./client.ts";
import { ServiceError } from "./errors.ts";
import { type Fields, readId } from "./fields.ts";
import type { ServiceId } from "./ids.ts";
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
    const page = await send(
      {
        method: "GET",
        path,
        query: { ...query, after, limit: largestPage, order: "ASC" },
        read: jsonAnswer((fields) => {
          const { items, hasMore } = toPage(fields);
          return { hasMore, items: items.map(convert), last: items.map((item) => readId(item, "id")).at(-1) };
        }, "list"),
      },
      options,
    );
    yield* page.items;
    if (!page.hasMore) return;
    if (page.last === undefined || page.last === after) throw toEndless(path);
    after = page.last;
  }
}

function toEndless(path: string): ServiceError {
  const request = `GET ${path}`;
  const message = `The list of ${request} says that more follows, but gives nothing new after the last id. It cannot be read to its end.`;
  return new ServiceError(message, { code: "unreadable", request });
}

/** A short list, whole. */
export async function collectList<T extends { readonly id: ServiceId }>(
  ...list: Parameters<typeof readList<T>>
): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of readList(...list)) items.push(item);
  return items;
}
