export {
  type BackOfficeRequest,
  type BuyerRequest,
  type BuyerResult,
  createSimulatorControl,
  type FaultRequest,
  type RequestRecord,
  type SimulatorControl,
  type SimulatorControlSettings,
  type SpaceChangeRequest,
  type TerminalRequest,
  type TerminalStatus,
  type TransactionChangeRequest,
  type TransactionSummary,
  type WebhookRecord,
} from "./control/control-client.ts";
export type { Listening } from "./listen.ts";
export { exampleKey, type Logger, type SimulatorSettings, type SpaceSettings, type UserSettings } from "./settings.ts";
export { createSimulator, type Simulator } from "./simulator.ts";
export type { Switches } from "./state/switches.ts";
export { type Clock, createRunningClock, createVirtualClock } from "./time/clock.ts";
export { createRandom, createSeededRandom, type Random } from "./values/random.ts";
