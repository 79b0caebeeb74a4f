import type { Switches } from "./state/switches.ts";
import type { Clock } from "./time/clock.ts";
import type { Random } from "./values/random.ts";

/** Told what went wrong inside. Never told a key. */
export interface Logger {
  error(message: string, error: unknown): void;
}

export interface SpaceSettings {
  readonly id: string;
  readonly name: string;
  /** ISO 4217. Default CHF. */
  readonly currency?: string;
  /** IETF tag. Default de-CH. */
  readonly language?: string;
  /** Keys of the catalogue, in the order the buyer sees them. Default PostFinance Pay, cards, TWINT, invoice. */
  readonly methods?: readonly string[];
  readonly switches?: Partial<Switches>;
  /** Identifiers of terminals that are ready to take payments. Default: one, "30012345", in each space. */
  readonly terminals?: readonly string[];
}

export interface UserSettings {
  readonly id: string;
  readonly name: string;
  /** Base64. */
  readonly authenticationKey: string;
  /** Ids of the spaces it is an administrator of. */
  readonly spaces: readonly string[];
}

/** Everything is optional: without settings there are the two spaces and users of the README. */
export interface SimulatorSettings {
  /** Default: runs with the computer's clock. `createVirtualClock` stands still until it is set forward. */
  readonly clock?: Clock;
  /** The computer's clock, milliseconds; a token signed by it is accepted although the simulator's time was set forward. */
  readonly now?: () => number;
  /** Default: the secure one. `createSeededRandom` repeats itself. */
  readonly random?: Random;
  /** Delivers webhooks. Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
  readonly logger?: Logger;
  readonly spaces?: readonly SpaceSettings[];
  readonly users?: readonly UserSettings[];
  /** The first id that is given out. Default "900001"; "9007199254740993" shows who keeps ids in a JavaScript number. */
  readonly firstId?: string;
  /** Where browsers reach the simulator, when that is not where its API is called. */
  readonly publicUrl?: string;
  /** Milliseconds of real time that the receiver of a webhook has to answer. Default 10,000. */
  readonly webhookTimeout?: number;
}

/** Base64 of the bytes 0 to 31: an example that everybody may know. */
export const exampleKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

export const defaultSpaces: readonly SpaceSettings[] = [
  { id: "70001", name: "Demo shop" },
  { id: "70002", name: "Demo shop (test)", switches: { environment: "TEST" } },
];

export const defaultUsers: readonly UserSettings[] = [
  { id: "12345", name: "Shop plugin", authenticationKey: exampleKey, spaces: ["70001", "70002"] },
  { id: "12346", name: "User without rights", authenticationKey: exampleKey, spaces: [] },
];
