import { createHash } from "node:crypto";
import { PaymentError } from "@checkout-plugins/core";

export interface Once {
  /**
   * Runs `work` once per key; a repeat, also one that comes while it still runs, gets the same answer. What throws is
   * forgotten, so that a repeat tries again.
   *
   * @throws PaymentError `badRequest` when the key was used for another body.
   */
  run(key: string, body: Uint8Array, work: () => Promise<Response>): Promise<Response>;
}

interface Entry {
  readonly digest: string;
  readonly until: number;
  readonly answer: Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: ArrayBuffer }>;
}

/** Longer than a signature is accepted (300 s either way), so that a replayed message finds its answer here. */
const keep = 15 * 60 * 1000;

/** Keeps answers for 15 minutes in this process. `now` in milliseconds. */
export function createOnce(now: () => number): Once {
  const entries = new Map<string, Entry>();

  const dropOld = (): void => {
    // Oldest first: a Map keeps the order in which keys were added.
    for (const [key, { until }] of entries) {
      if (until > now()) return;
      entries.delete(key);
    }
  };

  return {
    async run(key, body, work) {
      dropOld();
      const digest = createHash("sha256").update(body).digest("base64");
      const known = entries.get(key);
      if (known !== undefined && known.digest !== digest) {
        throw new PaymentError("badRequest", "This id was used for another command; give each command its own.");
      }
      const entry = known ?? { digest, until: now() + keep, answer: work().then(toKept) };
      if (known === undefined) entries.set(key, entry);
      try {
        const { status, headers, bytes } = await entry.answer;
        return new Response(bytes, { status, headers });
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      }
    },
  };
}

async function toKept(answer: Response): Promise<Awaited<Entry["answer"]>> {
  return { status: answer.status, headers: answer.headers, bytes: await answer.arrayBuffer() };
}
