import type { ServiceId, TerminalState } from "@checkout-plugins/client";
import { ApiError, missing, unprocessable } from "../api-error.ts";
import type { SpaceRow } from "../state/space.ts";
import type { TerminalRow } from "../state/terminal.ts";
import { checkVersion } from "./transactions.ts";
import { find, type World } from "./world.ts";

export interface TerminalContent {
  readonly externalId: string;
  readonly type: ServiceId;
  readonly identifier?: string;
  readonly name?: string;
  readonly configurationVersion?: ServiceId;
  readonly locationVersion?: ServiceId;
}

/** What a merchant sets up. States of linking and unlinking are not documented; these are the likely ones. */
export interface Terminals {
  find(space: SpaceRow, id: string): TerminalRow;
  findByIdentifier(space: SpaceRow, identifier: string): TerminalRow;
  /** The same external id answers the first one. */
  create(space: SpaceRow, content: TerminalContent): TerminalRow;
  rename(space: SpaceRow, row: TerminalRow, version: number, name: string | undefined): TerminalRow;
  link(row: TerminalRow, serialNumber: string): TerminalRow;
  unlink(row: TerminalRow): TerminalRow;
  remove(row: TerminalRow): TerminalRow;
  /** Changes it and tells the listeners. */
  change(row: TerminalRow, changes: Partial<TerminalRow>): TerminalRow;
}

export function createTerminals(world: World): Terminals {
  const { terminals } = world.state.tables;

  const announce = (row: TerminalRow, before: TerminalState | null): TerminalRow => {
    const { id, space, state } = row;
    world.announce({ entity: "PaymentTerminal", id, space, state, entered: state !== before, transaction: null });
    return row;
  };
  const change: Terminals["change"] = (row, changes) =>
    announce(terminals.put({ ...row, ...changes, version: row.version + 1 }), row.state);
  const checkIdle = (row: TerminalRow) => {
    if (row.performing !== null) throw new ApiError(409, "terminal_busy", `Terminal ${row.id} waits for a buyer.`);
  };

  return {
    change,
    find: (space, id) => find(terminals, space.id, id, "terminal"),

    findByIdentifier(space, identifier) {
      const row = terminals.of(space.id).find((one) => one.identifier === identifier && one.state !== "DECOMMISSIONED");
      if (row === undefined) throw missing("terminal", identifier);
      return row;
    },

    create(space, { externalId, ...content }) {
      const known = terminals.of(space.id).find((one) => one.externalId === externalId);
      if (known !== undefined) return known;
      const id = world.newId();
      const row: TerminalRow = {
        id,
        space: space.id,
        version: 1,
        state: "PREPARING",
        externalId,
        identifier: content.identifier ?? `30${id.slice(-6)}`,
        name: content.name ?? null,
        type: content.type,
        defaultCurrency: space.primaryCurrency,
        configurationVersion: content.configurationVersion ?? null,
        locationVersion: content.locationVersion ?? null,
        device: null,
        isOnline: true,
        performing: null,
      };
      return announce(terminals.put(row), null);
    },

    rename(space, row, version, name) {
      checkVersion(row, version, space.switches.versionCheck === "strict");
      return change(row, name === undefined ? {} : { name });
    },

    link(row, serialNumber) {
      const other = terminals.of(row.space).find((one) => one.device?.serialNumber === serialNumber);
      if (other !== undefined && other.id !== row.id) {
        throw unprocessable(
          "device_linked",
          `Device ${serialNumber} is linked to terminal ${other.id}. Unlink it first.`,
        );
      }
      if (row.state === "DECOMMISSIONED")
        throw unprocessable("terminal_decommissioned", `Terminal ${row.id} is decommissioned.`);
      return change(row, { device: { serialNumber, name: "Simulated terminal" }, state: "ACTIVE" });
    },

    unlink(row) {
      checkIdle(row);
      return row.device === null ? row : change(row, { device: null, state: "INACTIVE" });
    },

    remove(row) {
      checkIdle(row);
      return change(row, { device: null, state: "DECOMMISSIONED" });
    },
  };
}
