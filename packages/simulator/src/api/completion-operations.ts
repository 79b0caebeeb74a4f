import { unprocessable } from "../api-error.ts";
import type { Service } from "../service/service.ts";
import type { World } from "../service/world.ts";
import type { CompletionRow, VoidRow } from "../state/payment.ts";
import { completionView, lineItemVersionView, voidView } from "../views/operation-views.ts";
import { readTriple, tableResource } from "./lists.ts";
import { act, create, get, type Operation, type SpaceCall } from "./operation.ts";
import { completionDetails, lineItemVersionCreate } from "./operation-shapes.ts";
import { read } from "./shape.ts";

const path = "/payment/transactions";

/** What becomes of authorized money: taken, in whole or in part, or let go. */
export function createCompletionOperations(world: World, service: Service): readonly Operation[] {
  const { tables } = world.state;
  const found = (call: SpaceCall) => service.transactions.find(call.space, call.params.id ?? "");

  const completeWhole = (mode: CompletionRow["mode"]) => (call: SpaceCall) => {
    const transaction = found(call);
    const done = transaction.state === "FULFILL" ? service.completions.last(transaction) : undefined;
    const row = done ?? service.completions.complete(transaction, mode, { lastCompletion: true }, call.user.id);
    return completionView(row, call.expand, call.context);
  };
  const completePart = (mode: CompletionRow["mode"]) => (call: SpaceCall) => {
    const details = read(completionDetails, call.body);
    if (details.lineItems === undefined && call.space.switches.completionWithoutLines === "refused") {
      throw unprocessable("line_items_missing", "A partial completion needs its line items.", {
        lineItems: "is required",
      });
    }
    return completionView(
      service.completions.complete(found(call), mode, details, call.user.id),
      call.expand,
      call.context,
    );
  };
  const voidWhole = (mode: VoidRow["mode"]) => (call: SpaceCall) =>
    voidView(service.voids.create(found(call), mode, call.user.id), call.expand, call.context);

  return [
    act(`${path}/:id/complete-online`, completeWhole("ONLINE")),
    act(`${path}/:id/complete-offline`, completeWhole("OFFLINE")),
    act(`${path}/:id/complete-partially-online`, completePart("ONLINE"), { takesBody: true }),
    act(`${path}/:id/complete-partially-offline`, completePart("OFFLINE"), { takesBody: true }),
    act(`${path}/:id/void-online`, voidWhole("ONLINE")),
    act(`${path}/:id/void-offline`, voidWhole("OFFLINE")),
    create(`${path}/line-item-versions`, (call) => {
      const { transaction, externalId, lineItems } = read(lineItemVersionCreate, call.body);
      const row = service.transactions.find(call.space, transaction);
      const version = service.lineItemVersions.create(row, externalId, lineItems, call.user.id);
      return lineItemVersionView(version, call.expand, call.context);
    }),
    get(`${path}/:id/latest-line-item-version`, (call) => {
      const version = service.lineItemVersions.latest(found(call));
      if (version === undefined) throw unprocessable("no_line_item_version", "The transaction is not authorized yet.");
      return lineItemVersionView(version, call.expand, call.context);
    }),
    ...readTriple(tableResource("completion", `${path}/completions`, tables.completions, completionView)),
    ...readTriple(tableResource("void", `${path}/voids`, tables.voids, voidView)),
    ...readTriple(
      tableResource("line item version", `${path}/line-item-versions`, tables.lineItemVersions, lineItemVersionView),
    ),
  ];
}
