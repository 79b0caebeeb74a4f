import { type SpaceId, toServiceId, toSpaceId } from "@checkout-plugins/client";
import { defaultMethods, paymentMethod } from "../catalogue/methods.ts";
import { defaultSpaces, defaultUsers, type SimulatorSettings, type SpaceSettings } from "../settings.ts";
import type { State } from "./state.ts";
import { defaultSwitches } from "./switches.ts";
import type { Time } from "./transaction.ts";

/** What configurations of a space's methods are numbered from; a space has at most a thousand. */
const firstMethodId = 340_001;
/** As many for terminals. */
const firstTerminalId = 380_001;

/** Fills an empty state with the spaces and users of the settings. */
export function seed(state: State, settings: SimulatorSettings, now: Time): void {
  const spaces = settings.spaces ?? defaultSpaces;
  for (const space of spaces) {
    const id = toSpaceId(space.id);
    state.spaces.set(id, {
      id,
      name: space.name,
      account: toServiceId(60_001),
      primaryCurrency: space.currency ?? "CHF",
      language: space.language ?? "de-CH",
      timeZone: "Europe/Zurich",
      state: "ACTIVE",
      createdOn: now,
      version: 1,
      switches: { ...defaultSwitches, ...space.switches },
    });
    setMethods(state, id, space.methods ?? defaultMethods);
    seedTerminals(state, id, space);
  }
  for (const user of settings.users ?? defaultUsers) {
    const id = toServiceId(user.id);
    state.users.set(id, { ...user, id, spaces: user.spaces.map(toSpaceId) });
  }
}

function seedTerminals(state: State, id: SpaceId, { currency, terminals }: SpaceSettings): void {
  const first = firstTerminalId + ([...state.spaces.keys()].length - 1) * 1_000;
  for (const [index, identifier] of (terminals ?? ["30012345"]).entries()) {
    state.tables.terminals.put({
      id: toServiceId(first + index),
      space: id,
      version: 1,
      state: "ACTIVE",
      externalId: `till-${index + 1}`,
      identifier,
      name: `Kasse ${index + 1}`,
      type: toServiceId(1_457_000_000_201),
      defaultCurrency: currency ?? "CHF",
      configurationVersion: null,
      locationVersion: null,
      device: { serialNumber: `18500${identifier}`, name: "Simulated terminal" },
      isOnline: true,
      performing: null,
    });
  }
}

/** The methods that buyers of the space see, in this order; those that were there keep their ids. */
export function setMethods(state: State, space: SpaceId, methods: readonly string[]): void {
  const table = state.tables.methodConfigurations;
  const before = table.of(space);
  const firstId = firstMethodId + [...state.spaces.keys()].indexOf(space) * 1_000;
  for (const row of before) table.put({ ...row, state: "INACTIVE" });
  let count = before.length;
  for (const [index, method] of methods.entries()) {
    paymentMethod(method);
    const known = before.find((row) => row.method === method);
    const place = known === undefined ? count++ : 0;
    const row = known ?? {
      id: toServiceId(firstId + place),
      space,
      version: 0,
      state: "ACTIVE",
      sortOrder: 0,
      method,
      connectorConfiguration: toServiceId(firstId + 500 + place),
      processorConfiguration: toServiceId(firstId + 499),
    };
    table.put({ ...row, state: "ACTIVE", sortOrder: index + 1, version: row.version + 1 });
  }
}
