import { createHash } from "node:crypto";
import {
  type AnswerKey,
  type AnswerStore,
  addSeconds,
  type Clock,
  type KeptAnswer,
  PaymentError,
  type Seconds,
  type ShopId,
} from "@checkout-plugins/core";
import { createMemoryAnswers } from "./memory-answers.ts";

export interface Once {
  /**
   * Runs `work` once per id of a shop; a repeat, also one that comes while it still runs, gets the same answer. What
   * throws is forgotten, so that a repeat tries again. `reads`: it changes nothing, so its answer need not survive us.
   *
   * @throws PaymentError `keyReused` when the id was used for another body; `busy` while another process runs it.
   */
  run(command: CommandId, work: () => Promise<Response>): Promise<Response>;
  /** Forgets what is too old. */
  tidy(): Promise<void>;
}

export interface CommandId {
  readonly shop: ShopId;
  readonly id: string;
  readonly body: Uint8Array;
  readonly reads: boolean;
}

/** Longer than a signature is accepted (300 s either way), so that a replayed message finds its answer here. */
const keptReads: Seconds = 15 * 60;
/** A night and a day: a shop that was stopped repeats what it does not know the outcome of. */
const keptWrites: Seconds = 24 * 60 * 60;
/** As long as one process may run a command before another one may. */
const patience: Seconds = 60;
const atOnce = 1000;

/** Keeps the answers of commands that change something in `answers`, and those of all others in this process. */
export function createOnce(answers: AnswerStore, clock: Pick<Clock, "now">): Once {
  const ofReads = createMemoryAnswers();
  const running = new Map<string, { readonly digest: string; readonly answer: Promise<KeptAnswer> }>();

  const run = async (store: AnswerStore, key: AnswerKey, keep: Seconds, work: () => Promise<Response>) => {
    const now = clock.now();
    const claim = await store.beginAnswer(key, now, addSeconds(now, patience));
    if (claim.kind === "otherBody") throw keyReused();
    if (claim.kind === "kept") return claim.answer;
    if (claim.kind === "running") {
      throw new PaymentError("busy", "This command is being run. Ask again with the same id.", { retryable: true });
    }
    try {
      const answer = await toKept(await work());
      await store.keepAnswer(key, answer, addSeconds(clock.now(), keep));
      return answer;
    } catch (error) {
      await store.dropAnswer(key);
      throw error;
    }
  };

  return {
    async run({ shop, id, body, reads }, work) {
      const digest = createHash("sha256").update(body).digest("base64");
      const name = `${shop} ${id}`;
      const known = running.get(name);
      if (known !== undefined && known.digest !== digest) throw keyReused();
      const store = reads ? ofReads : answers;
      const answer = known?.answer ?? run(store, { shop, id, digest }, reads ? keptReads : keptWrites, work);
      if (known === undefined) running.set(name, { digest, answer });
      try {
        return toResponse(await answer);
      } finally {
        if (running.get(name)?.answer === answer) running.delete(name);
      }
    },
    async tidy() {
      for (const store of [ofReads, answers]) {
        while ((await store.forgetAnswers(clock.now(), atOnce)) === atOnce);
      }
    },
  };
}

function keyReused(): PaymentError {
  return new PaymentError("keyReused", "This id was used for another command; give each command its own.");
}

async function toKept(answer: Response): Promise<KeptAnswer> {
  return { status: answer.status, contentType: answer.headers.get("content-type"), body: await answer.text() };
}

function toResponse({ status, contentType, body }: KeptAnswer): Response {
  const headers = contentType === null ? {} : { "content-type": contentType };
  return new Response(body === "" ? null : body, { status, headers });
}
