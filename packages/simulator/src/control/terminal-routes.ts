import type { Context, Hono } from "hono";
import { createExpand } from "../api/expand.ts";
import type { Env } from "../api/received.ts";
import { choice, decimal, object, read, type Shape, text } from "../api/shape.ts";
import { missing } from "../api-error.ts";
import type { Service } from "../service/service.ts";
import type { TerminalAction } from "../service/terminal-payments.ts";
import type { World } from "../service/world.ts";
import type { TerminalRow } from "../state/terminal.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import { terminalView } from "../views/terminal-views.ts";
import type { Door } from "./door.ts";

export const terminalActions: readonly TerminalAction["action"][] = [
  "pay",
  "decline",
  "removeCard",
  "stop",
  "offline",
  "online",
];
const terminalAction: Shape<TerminalAction> = object<TerminalAction>(
  { action: choice(terminalActions), card: text(), tip: decimal },
  ["action"],
);

/** The devices, and what happens at them. */
export function addTerminalRoutes(app: Hono<Env>, door: Door, world: World, service: Service): void {
  const { terminals } = world.state.tables;
  const shown = (row: TerminalRow, context: Context<Env>): JsonObject => ({
    ...terminalView(row, createExpand([], "stub"), { world, origin: new URL(context.req.url).origin }),
    isOnline: row.isOnline,
    performing: numberText(row.performing),
  });
  app.get("/terminals", (context) => {
    const rows = [...world.state.spaces.keys()].flatMap((space) => terminals.of(space));
    return door.answer({ data: rows.map((row) => shown(row, context)) });
  });
  app.post("/terminals/:id", async (context) => {
    const action = read(terminalAction, await door.bodyOf(context));
    const id = context.req.param("id");
    const row = terminals.get(id);
    if (row === undefined) throw missing("terminal", id);
    return door.answer(shown(service.terminalPayments.act(row, action), context));
  });
}
