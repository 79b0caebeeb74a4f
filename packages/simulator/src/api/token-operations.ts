import { missing, unprocessable } from "../api-error.ts";
import { redirectOf } from "../control/buyer-actions.ts";
import type { Service } from "../service/service.ts";
import { checkVersion } from "../service/transactions.ts";
import { find, type World } from "../service/world.ts";
import type { TokenRow } from "../state/payment.ts";
import { chargeView } from "../views/operation-views.ts";
import { tokenVersionView, tokenView } from "../views/token-views.ts";
import { transactionView } from "../views/transaction-view.ts";
import { readTriple, tableResource } from "./lists.ts";
import { act, create, get, type Operation, PlainText, patch, remove, type SpaceCall } from "./operation.ts";
import { tokenCreate, tokenUpdate } from "./operation-shapes.ts";
import { read } from "./shape.ts";
import { findByCredentials, payUrl } from "./transaction-operations.ts";

const tokens = "/payment/tokens";
const transactions = "/payment/transactions";
const oneClick = `${transactions}/by-credentials/:credentials/one-click-tokens`;

/** Stored means of payment, and charges without the buyer. */
export function createTokenOperations(world: World, service: Service): readonly Operation[] {
  const { tables } = world.state;
  const foundToken = (call: SpaceCall): TokenRow => find(tables.tokens, call.space.id, call.params.id ?? "", "token");
  const found = (call: SpaceCall) => service.transactions.find(call.space, call.params.id ?? "");

  return [
    create(tokens, (call) => {
      const { externalId, ...content } = read(tokenCreate, call.body);
      return tokenView(service.tokens.create(call.space, externalId, content), call.expand, call.context);
    }),
    patch(`${tokens}/:id`, (call) => {
      const { version, ...content } = read(tokenUpdate, call.body);
      const row = foundToken(call);
      checkVersion(row, version, call.space.switches.versionCheck === "strict");
      return tokenView(service.tokens.update(row, content), call.expand, call.context);
    }),
    remove(`${tokens}/:id`, (call) => service.tokens.remove(foundToken(call))),
    get(`${tokens}/:id/active-version`, (call) => {
      const version = service.tokens.activeVersion(foundToken(call).id);
      if (version === undefined) throw missing("active version of token", call.params.id ?? "");
      return tokenVersionView(version, call.expand, call.context);
    }),
    act(`${tokens}/:id/create-transaction-for-token-update`, (call) => {
      const row = service.transactions.createForToken(call.space, call.user.id, foundToken(call));
      return transactionView(row, call.expand, call.context);
    }),
    ...readTriple(tableResource("token", tokens, tables.tokens, tokenView)),
    ...readTriple(tableResource("token version", "/payment/token-versions", tables.tokenVersions, tokenVersionView)),

    get(oneClick, (call) => {
      const rows = service.tokens.offeredTo(findByCredentials(world, call));
      return { data: rows.map((row) => tokenVersionView(row, call.expand, call.context)), hasMore: false, limit: 100 };
    }),
    act(`${oneClick}/:id/process`, (call) => {
      const row = findByCredentials(world, call);
      const token = foundToken(call);
      const step = service.buyer.payByToken(row, token.id, { userInterface: "PAYMENT_PAGE", browser: null });
      return new PlainText(redirectOf(row, step) ?? payUrl(row, call.context.origin));
    }),
    remove(`${oneClick}/:id`, (call) => {
      const row = findByCredentials(world, call);
      const token = foundToken(call);
      if (token.customerId === null || token.customerId !== row.content.customerId) {
        throw unprocessable(
          "wrong_customer",
          `Token ${token.id} belongs to another customer than transaction ${row.id}.`,
        );
      }
      service.tokens.remove(token);
    }),
    get(`${transactions}/:id/check-token-creation-possible`, (call) => {
      const row = found(call);
      const attempts = tables.chargeAttempts.ofTransaction(row.id);
      const isCard = attempts.some((attempt) => attempt.state === "SUCCESSFUL" && attempt.card !== null);
      return isCard && (row.state === "FULFILL" || row.state === "VOIDED");
    }),
    act(`${transactions}/:id/process-without-interaction`, (call) =>
      transactionView(service.tokenCharges.withoutInteraction(found(call)), call.expand, call.context),
    ),
    act(`${transactions}/:id/process-with-token`, (call) =>
      chargeView(service.tokenCharges.withToken(found(call)), call.expand, call.context),
    ),
  ];
}
