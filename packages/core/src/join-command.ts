import type { CommandRow, NewCommand, ShopKey } from "./contract/index.ts";
import { refusal } from "./failure.ts";

export interface Joined {
  readonly row: CommandRow;
  readonly kind: "added" | "joined" | "sameKey" | "oneStillOpen";
}

/** As it is kept when nothing was sent yet. */
export function toOpenCommand(command: NewCommand): CommandRow {
  return { ...command, state: "open", serviceId: null, failure: null, sends: 0 };
}

const isRest = ({ body }: NewCommand): boolean => (body as { readonly isRest?: true }).isRest === true;

/** The same amount, or both whatever is left. */
function isSameAmount(one: NewCommand, other: CommandRow): boolean {
  if (isRest(one) || isRest(other)) return isRest(one) && isRest(other);
  return one.amount?.minor === other.amount?.minor && one.amount?.currency === other.amount?.currency;
}

/**
 * What a new command means beside those that exist (ARCHITECTURE 5, rule 3).
 *
 * The shop's key finds the row it was given for. Else, while the shop does not know what came of one of the same kind and
 * amount: its row is gone in the shop (its key is not among `heldKeys`) = the merchant pressed again after an unknown
 * outcome, so it is joined; both rows there = a second true one, queued; no key to tell = refused, as a row of its own,
 * so that a shop that waits for an answer gets it.
 *
 * `isUntold`: does the shop not know the row's outcome? A store knows it from the row, its entity and what is shown.
 */
export function joinCommand(
  commands: readonly CommandRow[],
  command: NewCommand,
  heldKeys: readonly ShopKey[] | "all",
  isUntold: (row: CommandRow) => boolean,
): Joined {
  const key = command.shopKeys.at(-1);
  const ofKind = commands.filter(({ kind }) => kind === command.kind);
  const sameKey = ofKind.find((row) => row.id === command.id || (key !== undefined && row.shopKeys.includes(key)));
  if (sameKey !== undefined) return { row: sameKey, kind: "sameKey" };
  const added = toOpenCommand(command);
  const twins = ofKind.filter((row) => row.origin === "shop" && isUntold(row) && isSameAmount(command, row));
  if (twins.length === 0) return { row: added, kind: "added" };
  if (key === undefined) {
    const failure = refusal(
      "oneStillOpen",
      "en",
      `A ${command.kind} of this amount is still open. Wait for its outcome.`,
    );
    return { row: { ...added, state: "refused", failure }, kind: "oneStillOpen" };
  }
  const orphan = twins.find(({ shopKeys }) => heldKeys !== "all" && !shopKeys.some((one) => heldKeys.includes(one)));
  if (orphan === undefined) return { row: added, kind: "added" };
  return { row: { ...orphan, shopKeys: [...orphan.shopKeys, key] }, kind: "joined" };
}
