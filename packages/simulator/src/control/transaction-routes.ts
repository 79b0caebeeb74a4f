import type { Hono } from "hono";
import type { Env } from "../api/received.ts";
import { read } from "../api/shape.ts";
import { unprocessable } from "../api-error.ts";
import type { Service } from "../service/service.ts";
import { totalOf } from "../service/transaction-rules.ts";
import type { World } from "../service/world.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { subtract } from "../values/decimal.ts";
import { numberText } from "../values/json.ts";
import { actInBackOffice, backOfficeAction } from "./back-office.ts";
import { act } from "./buyer-actions.ts";
import {
  buyerAction,
  isCorrection,
  type TransactionChange,
  toCorrection,
  transactionChange,
} from "./control-shapes.ts";
import type { Door } from "./door.ts";

/** Transactions, and what buyers, back offices and attackers do with them. */
export function addTransactionRoutes(app: Hono<Env>, door: Door, world: World, service: Service): void {
  const { state, agenda } = world;

  app.get("/transactions", (context) => {
    const rows = [...state.spaces.keys()].flatMap((space) => state.tables.transactions.of(space));
    return door.answer({ data: rows.map((row) => door.shown(row, context)) });
  });
  app.get("/transactions/:id", (context) => door.answer(door.shown(door.transactionOf(context), context)));
  app.post("/transactions/:id", async (context) => {
    const change = read(transactionChange, await door.bodyOf(context));
    const row = door.transactionOf(context);
    return door.answer(door.shown(service.transactions.change(row, toChanges(row, change)), context));
  });
  app.post("/transactions/:id/buyer", async (context) => {
    const action = read(buyerAction, await door.bodyOf(context));
    const { kind: step, redirectUrl } = act(service.buyer, door.transactionOf(context), action, agenda.now());
    return door.answer({ step, redirectUrl, transaction: door.shown(door.transactionOf(context), context) });
  });
  app.post("/transactions/:id/back-office", async (context) => {
    const action = read(backOfficeAction, await door.bodyOf(context));
    const entity = actInBackOffice(world, service, door.transactionOf(context), action);
    return door.answer({ entity: numberText(entity), transaction: door.shown(door.transactionOf(context), context) });
  });
}

function toChanges(row: TransactionRow, change: TransactionChange): Partial<TransactionRow> {
  const { amount, environment, switches, lineItems, ...content } = change;
  if (amount !== undefined && lineItems !== undefined) {
    throw unprocessable("amount_or_lines", "Change either the amount or the lineItems.");
  }
  const lines = (lineItems ?? row.content.lineItems).filter((line) => amount === undefined || !isCorrection(line));
  const corrected = amount === undefined ? lines : [...lines, toCorrection(subtract(amount, totalOf(lines)))];
  return {
    content: { ...row.content, ...content, lineItems: corrected },
    authorizationAmount: totalOf(corrected),
    ...(environment === undefined ? {} : { authorizationEnvironment: environment }),
    ...(switches === undefined ? {} : { switches: { ...row.switches, ...switches } }),
  };
}
