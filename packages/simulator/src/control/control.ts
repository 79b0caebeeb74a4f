import type { SpaceId } from "@checkout-plugins/client";
import { type Context, Hono } from "hono";
import type { Env } from "../api/api.ts";
import { createExpand } from "../api/expand.ts";
import type { RequestLog } from "../api/request-log.ts";
import { toErrorResponse, toResponse } from "../api/responses.ts";
import { object, read } from "../api/shape.ts";
import { payUrl } from "../api/transaction-operations.ts";
import { ApiError, missing, unprocessable } from "../api-error.ts";
import type { Faults } from "../faults/faults.ts";
import type { Service } from "../service/service.ts";
import { totalOf } from "../service/transaction-rules.ts";
import type { World } from "../service/world.ts";
import { setMethods } from "../state/seed.ts";
import type { SpaceRow } from "../state/space.ts";
import { presets, switchTable } from "../state/switches.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { subtract, sum } from "../values/decimal.ts";
import { toMilliseconds } from "../values/duration.ts";
import { type Json, type JsonObject, numberText, type ParsedJson, parseJson } from "../values/json.ts";
import { transactionView } from "../views/transaction-view.ts";
import type { Dispatcher } from "../webhooks/dispatcher.ts";
import { actInBackOffice, backOfficeAction } from "./back-office.ts";
import { act } from "./buyer-actions.ts";
import {
  buyerAction,
  duration,
  readFault,
  spaceChange,
  type TransactionChange,
  toCorrection,
  transactionChange,
} from "./control-shapes.ts";
import { deliveryView, faultView, requestView } from "./control-views.ts";

export interface ControlParts {
  readonly world: World;
  readonly service: Service;
  readonly dispatcher: Dispatcher;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly publicUrl: string | undefined;
  readonly reset: () => void;
}

const advance = object<{ readonly duration: string }>({ duration }, ["duration"]);

/** What a test or a person does that no API call can: the door to time, faults, buyers and records. */
export function createControl(parts: ControlParts): Hono<Env> {
  const { world, service, dispatcher, faults, requests } = parts;
  const { agenda, state } = world;
  const app = new Hono<Env>();

  const answer = (value: Json | undefined, status = 200) => toResponse(value, status, undefined, agenda.now());
  const bodyOf = async (context: Context): Promise<ParsedJson> => {
    const text = await context.req.text();
    try {
      return text === "" ? {} : parseJson(text);
    } catch (error) {
      if (error instanceof SyntaxError)
        throw new ApiError(400, "malformed_json", `The body is not JSON: ${error.message}.`);
      throw error;
    }
  };
  const transactionOf = (context: Context): TransactionRow => {
    const id = context.req.param("id") ?? "";
    const row = state.tables.transactions.get(id);
    if (row === undefined) throw missing("transaction", id);
    return row;
  };
  const spaceOf = (context: Context): SpaceRow => {
    const id = context.req.param("id") ?? "";
    const space = state.spaces.get(id as SpaceId);
    if (space === undefined) throw missing("space", id);
    return space;
  };
  const shown = (row: TransactionRow, context: Context): JsonObject => {
    const origin = parts.publicUrl ?? new URL(context.req.url).origin;
    const view = transactionView(row, createExpand([], "stub"), { world, origin });
    return { ...view, paymentPageUrl: payUrl(row, origin) };
  };

  app.get("/requests", (context) => {
    const space = context.req.query("space");
    const chosen = requests.list().filter((request) => space === undefined || request.space === space);
    return answer({ data: chosen.map(requestView) });
  });
  app.delete("/requests", () => {
    requests.clear();
    return answer(undefined);
  });

  app.get("/transactions", (context) => {
    const rows = [...state.spaces.keys()].flatMap((space) => state.tables.transactions.of(space));
    return answer({ data: rows.map((row) => shown(row, context)) });
  });
  app.get("/transactions/:id", (context) => answer(shown(transactionOf(context), context)));
  app.post("/transactions/:id", async (context) => {
    const change = read(transactionChange, await bodyOf(context));
    return answer(
      shown(service.transactions.change(transactionOf(context), toChanges(transactionOf(context), change)), context),
    );
  });
  app.post("/transactions/:id/buyer", async (context) => {
    const action = read(buyerAction, await bodyOf(context));
    const row = transactionOf(context);
    const step = act(service.buyer, row, action, agenda.now());
    const after = transactionOf(context);
    return answer({ step: step.kind, redirectUrl: step.redirectUrl, transaction: shown(after, context) });
  });

  app.post("/transactions/:id/back-office", async (context) => {
    const action = read(backOfficeAction, await bodyOf(context));
    const entity = actInBackOffice(world, service, transactionOf(context), action);
    return answer({ entity: numberText(entity), transaction: shown(transactionOf(context), context) });
  });

  app.get("/faults", () => answer({ data: faults.list().map(faultView) }));
  app.post("/faults", async (context) => {
    const body = await bodyOf(context);
    const added = (Array.isArray(body) ? body : [body]).map((fault: ParsedJson) => readFault(fault));
    for (const fault of added) faults.add(fault);
    return answer({ data: faults.list().map(faultView) }, 201);
  });
  app.delete("/faults", () => {
    faults.clear();
    return answer(undefined);
  });

  app.get("/webhooks", () => answer({ data: dispatcher.deliveries().map(deliveryView) }));
  app.post("/webhooks/deliver", async () => answer({ tried: await dispatcher.deliverAll() }));

  app.get("/clock", () => answer(clockView(world)));
  app.post("/clock/advance", async (context) => {
    await agenda.advance(toMilliseconds(read(advance, await bodyOf(context)).duration));
    return answer(clockView(world));
  });
  app.post("/reset", () => {
    parts.reset();
    return answer(undefined);
  });

  app.get("/switches", () => answer({ data: switchTable as unknown as JsonObject }));
  app.get("/spaces", () => answer({ data: [...state.spaces.values()].map((space) => spaceView(world, space)) }));
  app.get("/spaces/:id", (context) => answer(spaceView(world, spaceOf(context))));
  app.patch("/spaces/:id", async (context) => {
    const { preset, switches, methods, ...rest } = read(spaceChange, await bodyOf(context));
    const space = spaceOf(context);
    const chosen = { ...space.switches, ...(preset === undefined ? {} : presets[preset]), ...switches };
    state.spaces.set(space.id, { ...space, ...rest, switches: chosen, version: space.version + 1 });
    if (methods !== undefined) setMethods(state, space.id, methods);
    return answer(spaceView(world, spaceOf(context)));
  });

  app.notFound((context) =>
    toErrorResponse(
      new ApiError(
        404,
        "unknown_operation",
        `The control door has no ${context.req.method} ${context.req.path}; the README lists what it has.`,
      ),
      world,
    ),
  );
  app.onError((error) => toErrorResponse(error, world));
  return app;
}

function clockView({ agenda }: World): JsonObject {
  const next = agenda.next();
  return {
    kind: agenda.clock,
    now: new Date(agenda.now()).toISOString(),
    next: next === null ? null : new Date(next).toISOString(),
  };
}

function spaceView(world: World, space: SpaceRow): JsonObject {
  const methods = world.state.tables.methodConfigurations.of(space.id).filter((row) => row.state === "ACTIVE");
  return {
    id: numberText(space.id),
    name: space.name,
    state: space.state,
    currency: space.primaryCurrency,
    language: space.language,
    methods: methods.map(({ id, method }) => ({ id: numberText(id), method })),
    switches: space.switches as unknown as JsonObject,
  };
}

function toChanges(row: TransactionRow, change: TransactionChange): Partial<TransactionRow> {
  const { amount, environment, switches, lineItems, ...content } = change;
  if (amount !== undefined && lineItems !== undefined)
    throw unprocessable("amount_or_lines", "Change either the amount or the lineItems.");
  const lines = lineItems ?? row.content.lineItems;
  const corrected = amount === undefined ? lines : [...lines, toCorrection(subtract(amount, totalOf(lines)))];
  return {
    content: { ...row.content, ...content, lineItems: corrected },
    authorizationAmount: sum([totalOf(corrected)]),
    ...(environment === undefined ? {} : { authorizationEnvironment: environment }),
    ...(switches === undefined ? {} : { switches: { ...row.switches, ...switches } }),
  };
}
