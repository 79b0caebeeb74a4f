import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { createApi } from "./api/api.ts";
import { createFaultyDoor } from "./api/faulty-door.ts";
import { createOperations } from "./api/operations.ts";
import { createRateLimit } from "./api/rate-limit.ts";
import { apiPrefix, type Env } from "./api/received.ts";
import { createRequestLog } from "./api/request-log.ts";
import { createControl } from "./control/control.ts";
import { createFaults } from "./faults/faults.ts";
import { type Listening, listen } from "./listen.ts";
import { createCardFrame } from "./page/card-frame.ts";
import { createHomePage } from "./page/home-page.ts";
import { createPaymentPage } from "./page/payment-page.ts";
import { createResources } from "./page/resources.ts";
import { createTerminalPage } from "./page/terminal-page.ts";
import { createService } from "./service/service.ts";
import { createIds, type World } from "./service/world.ts";
import type { SimulatorSettings } from "./settings.ts";
import { seed } from "./state/seed.ts";
import { createState } from "./state/state.ts";
import { createAgenda } from "./time/agenda.ts";
import { createRunningClock } from "./time/clock.ts";
import { createRandom } from "./values/random.ts";
import { createDispatcher, type Dispatcher } from "./webhooks/dispatcher.ts";

export interface Simulator {
  /** Answers as the server would; rejects where a fault cuts the connection. */
  fetch(request: Request): Promise<Response>;
  /** Port 0 takes any free one. Host: default 127.0.0.1. */
  listen(port: number, host?: string): Promise<Listening>;
}

/** PostFinance Checkout on your own machine. No real money, no network, nothing kept after the process ends. */
export function createSimulator(settings: SimulatorSettings = {}): Simulator {
  const logger = settings.logger ?? { error: (message, error) => console.error(message, error) };
  const clock = settings.clock ?? createRunningClock();
  const random = settings.random ?? createRandom();
  const faults = createFaults();
  const requests = createRequestLog();
  const rateLimit = createRateLimit();
  const state = createState();

  const world: World = {
    state,
    random,
    agenda: createAgenda(clock, (error) => logger.error("Something that was to happen later failed", error)),
    newId: createIds(settings.firstId ?? "900001"),
    announce: (change) => {
      dispatcher.announce(change);
      service.terminalPayments.notice(change);
    },
  };
  const dispatcher: Dispatcher = createDispatcher(world, {
    fetch: settings.fetch ?? globalThis.fetch,
    faults,
    timeout: settings.webhookTimeout ?? 10_000,
  });
  const door = createFaultyDoor(world, faults);
  const service = createService(world);
  const { publicUrl } = settings;

  const reset = () => {
    world.agenda.clear();
    for (const part of [
      dispatcher,
      faults,
      requests,
      rateLimit,
      door,
      service.terminalPayments,
      state.spaces,
      state.users,
      ...Object.values(state.tables),
    ])
      part.clear();
    seed(state, settings, clock.now());
  };
  seed(state, settings, clock.now());

  const operations = createOperations(world, service, dispatcher.key);
  const app = new Hono<Env>();
  app.route(
    apiPrefix,
    createApi({ world, operations, door, rateLimit, requests, now: settings.now ?? Date.now, publicUrl }),
  );
  app.route("/_simulator", createControl({ world, service, dispatcher, faults, requests, publicUrl, reset }));
  app.route("/", createHomePage(world));
  app.route("/", createTerminalPage(world, service.terminalPayments));
  app.route("/", createResources(world));
  app.route("/", createCardFrame(world, service.buyer, publicUrl));
  app.route("/", createPaymentPage({ world, buyer: service.buyer, charges: service.charges }));
  app.onError((error) => {
    throw error;
  });

  const answer = async (request: Request, bindings: Partial<HttpBindings> | undefined) =>
    app.fetch(request, bindings ?? {});
  return {
    fetch: (request) => answer(request, undefined),
    listen: (port, host = "127.0.0.1") => listen(answer, logger, port, host),
  };
}
