import type { SpaceId } from "@checkout-plugins/client";
import type { Context } from "hono";
import { createExpand } from "../api/expand.ts";
import { type Env, toJson } from "../api/received.ts";
import { toResponse } from "../api/responses.ts";
import { payUrl } from "../api/transaction-operations.ts";
import { missing } from "../api-error.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow } from "../state/space.ts";
import type { TransactionRow } from "../state/transaction.ts";
import type { Json, JsonObject, ParsedJson } from "../values/json.ts";
import { transactionView } from "../views/transaction-view.ts";

/** What every route of the control door needs. */
export interface Door {
  /** JSON, or 204 when there is nothing to say. */
  answer(value?: Json, status?: number): Response;
  bodyOf(context: Context<Env>): Promise<ParsedJson>;
  /** @throws ApiError 404 */
  transactionOf(context: Context<Env>): TransactionRow;
  /** @throws ApiError 404 */
  spaceOf(context: Context<Env>): SpaceRow;
  /** As the web service shows it, and where it is paid. */
  shown(row: TransactionRow, context: Context<Env>): JsonObject;
}

export function createDoor(world: World, publicUrl: string | undefined): Door {
  return {
    answer: (value, status = 200) => toResponse(value, status, undefined, world.agenda.now()),
    async bodyOf(context) {
      const text = await context.req.text();
      return text === "" ? {} : toJson(text);
    },
    transactionOf(context) {
      const id = context.req.param("id") ?? "";
      const row = world.state.tables.transactions.get(id);
      if (row === undefined) throw missing("transaction", id);
      return row;
    },
    spaceOf(context) {
      const id = context.req.param("id") ?? "";
      const space = world.state.spaces.get(id as SpaceId);
      if (space === undefined) throw missing("space", id);
      return space;
    },
    shown(row, context) {
      const origin = publicUrl ?? new URL(context.req.url).origin;
      const view = transactionView(row, createExpand([], "stub"), { world, origin });
      return { ...view, paymentPageUrl: payUrl(row, origin) };
    },
  };
}
