/** What may come of an answer on its way. */
export const damages = ["truncated", "webPage", "empty", "wrongType", "huge", "drip"] as const;
export type Damage = (typeof damages)[number];

const mebibyte = 1024 * 1024;

/** The answer as it arrives. `drip`: whole, byte by byte; `huge`: after 33 MiB of spaces, which JSON allows. */
export async function toDamaged(response: Response, damage: Damage): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const answer = (body: ConstructorParameters<typeof Response>[0], type?: string) => {
    if (type !== undefined) headers.set("content-type", type);
    return new Response(body, { status: response.status, headers });
  };
  switch (damage) {
    case "truncated":
      return answer(bytes.subarray(0, Math.floor(bytes.length / 2)));
    case "webPage":
      return answer("<!doctype html><title>Maintenance</title><p>Back soon.</p>", "text/html");
    case "empty":
      return answer("");
    case "wrongType":
      return answer('{"id":"seven","state":7,"data":"none"}', "application/json");
    case "huge":
      return answer(stream([...Array.from({ length: 33 }, () => new Uint8Array(mebibyte).fill(32)), bytes]));
    case "drip":
      return answer(stream(Array.from(bytes, (byte) => Uint8Array.of(byte))));
  }
}

function stream(parts: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const part = parts[next];
      next += 1;
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
}
