import type { CommandRow, HeldKeys, NewCommand, ShopKey } from "./contract/index.ts";
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

/** Does the shop have a row of one of these keys? */
function holds(heldKeys: HeldKeys, keys: readonly ShopKey[]): boolean {
  return heldKeys === "all" || keys.some((key) => heldKeys.includes(key));
}

/**
 * What a new command means beside those that exist (ARCHITECTURE 5, rule 3).
 *
 * The shop's key finds the row it was given for. Else, while the shop does not know what came of one of the same kind and
 * amount: its row is gone in the shop (its key is not among `heldKeys`) = the merchant pressed again after an unknown
 * outcome, so it is joined; both rows there = a second true one, queued; no key to tell = refused, as a row of its own,
 * so that a shop that waits for an answer gets it. One that was asked for later and came first is told by its own
 * `heldKeys`, whatever came of it: the merchant asked for that one instead of this.
 *
 * `isUntold`: does the shop not know the row's outcome? A store knows it from the row, its entity and what is shown.
 */
export function joinCommand(
  commands: readonly CommandRow[],
  command: NewCommand,
  heldKeys: HeldKeys,
  isUntold: (row: CommandRow) => boolean,
): Joined {
  const key = command.shopKeys.at(-1);
  const ofKind = commands.filter(({ kind }) => kind === command.kind);
  const sameKey = ofKind.find((row) => row.id === command.id || (key !== undefined && row.shopKeys.includes(key)));
  if (sameKey !== undefined) return { row: sameKey, kind: "sameKey" };
  const added: CommandRow = { ...toOpenCommand(command), heldKeys };
  const isLater = ({ on }: CommandRow): boolean => on > command.on;
  const isTwin = (row: CommandRow): boolean =>
    row.origin === "shop" && (isLater(row) || isUntold(row)) && isSameAmount(command, row);
  const twins = ofKind.filter(isTwin);
  if (twins.length === 0) return { row: added, kind: "added" };
  if (key === undefined) {
    const why = `A ${command.kind} of this amount is still open, or the shop does not show it yet. Wait for its outcome.`;
    return { row: { ...added, state: "refused", failure: refusal("oneStillOpen", "en", why) }, kind: "oneStillOpen" };
  }
  const isOther = (row: CommandRow): boolean => holds(heldKeys, row.shopKeys) || holds(row.heldKeys ?? [], [key]);
  const orphan = twins.find((row) => !isOther(row));
  if (orphan === undefined) return { row: added, kind: "added" };
  return { row: { ...orphan, shopKeys: [...orphan.shopKeys, key] }, kind: "joined" };
}
