/** What Stryker's JSON report says of one file (https://github.com/stryker-mutator/mutation-testing-elements). */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

export interface MutationScore {
  readonly file: string;
  /** Of those that could be run, in percent: noticed by a test, or by its time limit. */
  readonly score: number;
}

const noticed: ReadonlySet<string> = new Set(["Killed", "Timeout"]);
const missed: ReadonlySet<string> = new Set(["Survived", "NoCoverage"]);

/** The worst first. */
export function toScores({ files }: MutationReport): readonly MutationScore[] {
  return Object.entries(files)
    .flatMap(([file, { mutants }]) => {
      const killed = mutants.filter(({ status }) => noticed.has(status)).length;
      const lived = mutants.filter(({ status }) => missed.has(status)).length;
      return killed + lived === 0 ? [] : [{ file, score: (100 * killed) / (killed + lived) }];
    })
    .toSorted((one, other) => one.score - other.score);
}
