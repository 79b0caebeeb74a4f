import type { Clock, CommandKind, CommandResult, Seconds } from "./contract/index.ts";

/**
 * The result, or `pending` when it takes longer than the platform waits. The work goes on: it is not aborted, because a
 * create that was cut would leave the buyer without an address; whoever asks again finds what came of it.
 *
 * @throws what the work throws within the time; later the fault is told to `onLate`, since nobody waits for it.
 */
export async function answerWithin<K extends CommandKind>(
  seconds: Seconds,
  work: Promise<CommandResult<K>>,
  clock: Pick<Clock, "sleep">,
  onLate: (error: unknown) => void,
): Promise<CommandResult<K>> {
  const done = new AbortController();
  let isLate = false;
  const guarded = work.finally(() => done.abort());
  const late = clock.sleep(seconds, done.signal).then((): CommandResult<K> => {
    isLate = true;
    guarded.catch(onLate);
    return { kind: "pending", operation: null, payment: null };
  });
  return Promise.race([
    guarded,
    late.catch((error: unknown) => {
      if (done.signal.aborted && !isLate) return guarded;
      throw error;
    }),
  ]);
}
