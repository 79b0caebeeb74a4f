/** Takes what several callers bring, and answers each of them. All or none of it is durable when it rejects. */
export type Commit<Call, Answer> = (calls: readonly Call[]) => Promise<readonly Answer[]>;

export interface GroupCommit<Call, Answer> {
  /** Resolves after the commit that holds this call. */
  add(call: Call): Promise<Answer>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects what comes in one turn of the event loop, or while a commit runs, and commits it together: as many callers
 * share one flush to the disk as there are. A commit that fails is tried call by call, so that one caller's fault is
 * only his.
 */
export function createGroupCommit<Call, Answer>(commit: Commit<Call, Answer>, most: number): GroupCommit<Call, Answer> {
  let waiting: Waiting<Call, Answer>[] = [];
  let running: Promise<void> | null = null;

  const commitAlone = async ({ call, resolve, reject }: Waiting<Call, Answer>): Promise<void> => {
    try {
      const [answer] = await commit([call]);
      resolve(answer as Answer);
    } catch (error) {
      reject(error);
    }
  };
  const commitTogether = async (group: readonly Waiting<Call, Answer>[]): Promise<void> => {
    try {
      const answers = await commit(group.map(({ call }) => call));
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as Answer);
    } catch {
      for (const one of group) await commitAlone(one); // each gets its own fault, or none
    }
  };
  const run = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await (group.length === 1 ? commitAlone(group[0] as Waiting<Call, Answer>) : commitTogether(group));
    }
    running = null;
  };
  return {
    add: (call) =>
      new Promise((resolve, reject) => {
        waiting.push({ call, resolve, reject });
        running ??= run();
      }),
    drain: async () => {
      while (running !== null) await running;
    },
  };
}
