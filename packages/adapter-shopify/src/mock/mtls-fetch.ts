import { Agent, request as send } from "node:https";

export interface MtlsSettings {
  /** Shopify's client certificate and its key, PEM; null: none is shown. */
  readonly client: { readonly cert: string; readonly key: string } | null;
  /** By whom the app's server is certified, PEM. Default: whom Node trusts. */
  readonly ca?: readonly string[];
}

/**
 * `fetch` as Shopify calls a payments app: with a client certificate. For the mock's `send`; a request's body is read
 * whole. Rejects when the connection fails.
 */
export function createMtlsFetch({ client, ca }: MtlsSettings): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    const agent = new Agent({ ...client, ...(ca !== undefined && { ca: [...ca] }) });
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const headers = { ...Object.fromEntries(request.headers), "content-length": String(body.length) };
    const outgoing = send(request.url, { method: request.method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const answer = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
        const status = incoming.statusCode ?? 500;
        const hasBody = status !== 204 && status !== 304;
        resolve(new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers: answer }));
      });
    });
    outgoing.on("error", (cause) => reject(new TypeError("fetch failed", { cause })));
    outgoing.end(body);
    return promise.finally(() => agent.destroy());
  };
}
