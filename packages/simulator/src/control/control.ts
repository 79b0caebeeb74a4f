import type { SpaceId } from "@checkout-plugins/client";
import { Hono } from "hono";
import type { Env } from "../api/received.ts";
import type { RequestLog } from "../api/request-log.ts";
import { toErrorResponse } from "../api/responses.ts";
import { object, read } from "../api/shape.ts";
import { ApiError } from "../api-error.ts";
import type { Faults } from "../faults/faults.ts";
import type { Service } from "../service/service.ts";
import type { World } from "../service/world.ts";
import { setMethods } from "../state/seed.ts";
import { presets, switchTable } from "../state/switches.ts";
import { toMilliseconds } from "../values/duration.ts";
import type { JsonObject, ParsedJson } from "../values/json.ts";
import type { Dispatcher } from "../webhooks/dispatcher.ts";
import { duration, readFault, spaceChange } from "./control-shapes.ts";
import { clockView, deliveryView, faultView, requestView, spaceView } from "./control-views.ts";
import { createDoor, type Door } from "./door.ts";
import { addTerminalRoutes } from "./terminal-routes.ts";
import { addTransactionRoutes } from "./transaction-routes.ts";

export interface ControlParts {
  readonly world: World;
  readonly service: Service;
  readonly dispatcher: Dispatcher;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly publicUrl: string | undefined;
  readonly reset: () => void;
}

/** What a test or a person does that no API call can: the door to time, faults, buyers and records. */
export function createControl(parts: ControlParts): Hono<Env> {
  const app = new Hono<Env>();
  const door = createDoor(parts.world, parts.publicUrl);
  addRecordRoutes(app, door, parts);
  addTransactionRoutes(app, door, parts.world, parts.service);
  addTerminalRoutes(app, door, parts.world, parts.service);
  addWorldRoutes(app, door, parts);
  addSpaceRoutes(app, door, parts.world);
  app.notFound(({ req }) => {
    const message = `The control door has no ${req.method} ${req.path}; the README lists what it has.`;
    return toErrorResponse(new ApiError(404, "unknown_operation", message), parts.world);
  });
  app.onError((error) => toErrorResponse(error, parts.world));
  return app;
}

/** What was asked, told, and is to go wrong. */
function addRecordRoutes(app: Hono<Env>, door: Door, { requests, faults, dispatcher }: ControlParts): void {
  app.get("/requests", (context) => {
    const space = context.req.query("space");
    const chosen = requests.list().filter((request) => space === undefined || request.space === space);
    return door.answer({ data: chosen.map(requestView) });
  });
  app.delete("/requests", () => {
    requests.clear();
    return door.answer();
  });
  app.get("/faults", () => door.answer({ data: faults.list().map(faultView) }));
  app.post("/faults", async (context) => {
    const body = await door.bodyOf(context);
    const added = (Array.isArray(body) ? body : [body]).map((fault: ParsedJson) => readFault(fault));
    for (const fault of added) faults.add(fault);
    return door.answer({ data: faults.list().map(faultView) }, 201);
  });
  app.delete("/faults", () => {
    faults.clear();
    return door.answer();
  });
  app.get("/webhooks", () => door.answer({ data: dispatcher.deliveries().map(deliveryView) }));
  app.post("/webhooks/deliver", async () => door.answer({ tried: await dispatcher.deliverAll() }));
}

const advance = object<{ readonly duration: string }>({ duration }, ["duration"]);

function addWorldRoutes(app: Hono<Env>, door: Door, { world, reset }: ControlParts): void {
  app.get("/clock", () => door.answer(clockView(world)));
  app.post("/clock/advance", async (context) => {
    await world.agenda.advance(toMilliseconds(read(advance, await door.bodyOf(context)).duration));
    return door.answer(clockView(world));
  });
  app.post("/reset", () => {
    reset();
    return door.answer();
  });
  app.get("/switches", () => door.answer({ data: switchTable as unknown as JsonObject }));
}

function addSpaceRoutes(app: Hono<Env>, door: Door, world: World): void {
  const { state } = world;
  app.get("/spaces", () => door.answer({ data: [...state.spaces.values()].map((space) => spaceView(world, space)) }));
  app.get("/spaces/:id", (context) => door.answer(spaceView(world, door.spaceOf(context))));
  app.patch("/spaces/:id", async (context) => {
    const { preset, switches, methods, ...rest } = read(spaceChange, await door.bodyOf(context));
    const space = door.spaceOf(context);
    const chosen = { ...space.switches, ...(preset === undefined ? {} : presets[preset]), ...switches };
    state.spaces.set(space.id, { ...space, ...rest, switches: chosen, version: space.version + 1 });
    if (methods !== undefined) changeMethods(world, space.id, methods);
    return door.answer(spaceView(world, door.spaceOf(context)));
  });
}

/** As the back office does: who listens to the configurations of methods hears of it. */
function changeMethods(world: World, space: SpaceId, methods: readonly string[]): void {
  const table = world.state.tables.methodConfigurations;
  const before = new Map(table.of(space).map((row) => [row.id, row]));
  setMethods(world.state, space, methods);
  for (const { id, state, sortOrder } of table.of(space)) {
    const known = before.get(id);
    const entered = known?.state !== state;
    if (!entered && known?.sortOrder === sortOrder) continue;
    world.announce({ entity: "PaymentMethodConfiguration", id, space, state, entered, transaction: null });
  }
}
