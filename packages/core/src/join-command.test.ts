import { describe, expect, it } from "vitest";
import type { CommandId, CommandRow, Currency, HeldKeys, NewCommand, ShopKey } from "./contract/index.ts";
import { joinCommand } from "./join-command.ts";
import { aCommand, minute } from "./testing/operation-rows.ts";
import { chf } from "./testing/rows.ts";

const keys = (...names: readonly string[]) => names as readonly ShopKey[];

/** What a shop asks for: CHF 10 back, under a key of its own. */
function asked(changes: Partial<NewCommand> = {}): NewCommand {
  const { state: _state, serviceId: _id, failure: _failure, sends: _sends, ...command } = aCommand("refund");
  return { ...command, id: "new" as CommandId, shopKeys: keys("refund-b"), ...changes };
}

const before = aCommand("refund", { id: "old" as CommandId, shopKeys: keys("refund-a"), sends: 1 });

function join(
  rows: readonly CommandRow[],
  command: NewCommand = asked(),
  heldKeys: HeldKeys = keys("refund-b"),
  isUntold = (_: CommandRow) => true,
) {
  const { kind, row } = joinCommand(rows, command, heldKeys, isUntold);
  return [kind, row.id, row.shopKeys];
}

const added = ["added", "new", ["refund-b"]];

describe("a command whose key the shop gave before", () => {
  it.each([
    ["one of its keys", asked({ shopKeys: keys("refund-a") })],
    ["our id, which core gives", asked({ id: before.id, shopKeys: [] })],
  ])("is the same row: %s", (_, command) => {
    expect(join([aCommand("refund", { id: "other" as CommandId }), before], command)).toEqual([
      "sameKey",
      "old",
      ["refund-a"],
    ]);
  });

  it("is another one when it is of another kind", () => {
    const completion = aCommand("complete", { shopKeys: keys("refund-b") });
    expect(join([completion])).toEqual(added);
  });

  it("is not that of a row without a key because it has none either", () => {
    const keyless = aCommand("refund", { shopKeys: keys() });
    expect(join([keyless], asked({ shopKeys: keys() }), "all", () => false)).toEqual(["added", "new", []]);
  });
});

describe("a command for whatever is left", () => {
  const rest = (minor: number) => ({ amount: chf(minor), body: { amount: { ...chf(minor) }, isRest: true } }) as const;

  it("is joined to an earlier one, although less is left by now", () => {
    expect(join([{ ...before, ...rest(2995) }], asked(rest(0)))).toEqual(["joined", "old", ["refund-a", "refund-b"]]);
  });

  it("is not joined to one of an amount that happens to be the same, nor the other way round", () => {
    expect(join([{ ...before, ...rest(1000) }])).toEqual(added);
    expect(join([before], asked(rest(1000)))).toEqual(added);
  });
});

describe("a command while the shop does not know what came of one of the same kind and amount", () => {
  it("is joined to it where its row is gone in the shop", () => {
    expect(join([before])).toEqual(["joined", "old", ["refund-a", "refund-b"]]);
    const pressedTwice = { ...before, shopKeys: keys("refund-0", "refund-a") };
    expect(join([pressedTwice])).toEqual(["joined", "old", ["refund-0", "refund-a", "refund-b"]]);
  });

  it("is joined to the one whose row is gone, and not to the one whose row is there", () => {
    const held = aCommand("refund", { id: "held" as CommandId, shopKeys: keys("refund-h") });
    expect(join([held, before], asked(), keys("refund-h", "refund-b"))).toEqual([
      "joined",
      "old",
      ["refund-a", "refund-b"],
    ]);
  });

  it.each([
    ["both rows are there", "added", keys("refund-a", "refund-b")],
    ["the shop never deletes one", "added", "all"],
  ] as const)("is a second true one where %s", (_, __, heldKeys) => {
    expect(join([before], asked(), heldKeys)).toEqual(added);
  });

  it("is a second true one where one of the keys of the first is held", () => {
    const pressedTwice = { ...before, shopKeys: keys("refund-0", "refund-a") };
    expect(join([pressedTwice], asked(), keys("refund-a", "refund-b"))).toEqual(added);
  });

  it("is refused as a row of its own where there is no key to tell", () => {
    const { kind, row } = joinCommand([before], asked({ shopKeys: keys() }), "all", () => true);
    expect(kind).toBe("oneStillOpen");
    expect(row).toMatchObject({ id: "new", state: "refused", failure: { code: "oneStillOpen" } });
    expect(row.failure?.merchantMessage).toContain("refund of this amount is still open");
  });
});

describe("a command that comes after one which was asked for later", () => {
  const later = { ...before, on: minute(11) };
  const told = () => false;

  it("is that one, whatever came of it, where the shop no longer held this one's row", () => {
    const row = { ...later, heldKeys: keys("refund-a") };
    expect(join([row], asked(), keys("refund-b"), told)).toEqual(["joined", "old", ["refund-a", "refund-b"]]);
  });

  it("is a second true one where the shop held both rows", () => {
    const row = { ...later, heldKeys: keys("refund-a", "refund-b") };
    expect(join([row], asked(), keys("refund-b"), told)).toEqual(added);
    expect(join([row])).toEqual(added);
    expect(join([{ ...later, heldKeys: "all" }])).toEqual(added);
  });

  it("is refused where there is no key to tell", () => {
    expect(joinCommand([later], asked({ shopKeys: keys() }), "all", told).kind).toBe("oneStillOpen");
  });
});

describe("a command is a new one", () => {
  it.each([
    ["of another amount", { ...before, amount: chf(1001) }],
    ["of another currency", { ...before, amount: { minor: 1000, currency: "EUR" as Currency } }],
    ["of no amount", { ...before, amount: null }],
    ["that core owes", { ...before, origin: "core" } as const],
    ["of another kind", { ...before, kind: "complete" } as const],
  ])("beside one %s", (_, other) => {
    expect(join([other])).toEqual(added);
  });

  it("when the shop knows what came of the other", () => {
    expect(join([before], asked(), keys("refund-b"), ({ id }) => id !== "old")).toEqual(added);
  });
});
