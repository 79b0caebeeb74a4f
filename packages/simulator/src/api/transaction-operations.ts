import { ApiError } from "../api-error.ts";
import type { Buyer } from "../service/buyer.ts";
import type { Transactions } from "../service/transactions.ts";
import { spaceOf, switchesOf, type World } from "../service/world.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { toMilliseconds } from "../values/duration.ts";
import { toToken } from "../values/random.ts";
import { methodConfigurationView } from "../views/method-views.ts";
import { transactionView } from "../views/transaction-view.ts";
import { invalidParameter, readTriple, tableResource } from "./lists.ts";
import { act, create, get, type Operation, PlainText, patch, type SpaceCall } from "./operation.ts";
import { readTransactionCreate, readTransactionUpdate } from "./transaction-shapes.ts";

const path = "/payment/transactions";

export function createTransactionOperations(
  world: World,
  transactions: Transactions,
  buyer: Buyer,
): readonly Operation[] {
  const found = (call: SpaceCall) => transactions.find(call.space, call.params.id ?? "");
  const shown = (row: TransactionRow, call: SpaceCall) => transactionView(row, call.expand, call.context);

  return [
    create(path, (call) => {
      const { content, creation } = readTransactionCreate(call.body);
      return shown(transactions.create(call.space, call.user.id, content, creation), call);
    }),
    patch(`${path}/:id`, (call) => {
      const update = readTransactionUpdate(call.body);
      const row = transactions.update(found(call), update);
      const isEchoed = call.space.switches.versionNumbers === "echoed";
      return shown(isEchoed ? { ...row, version: update.version } : row, call);
    }),
    act(
      `${path}/:id/confirm`,
      (call) => shown(transactions.confirm(found(call), readTransactionUpdate(call.body), call.user.id), call),
      { takesBody: true },
    ),
    get(`${path}/:id/payment-page-url`, (call) => new PlainText(payUrl(found(call), call.context.origin))),
    get(
      `${path}/:id/iframe-javascript-url`,
      (call) => new PlainText(scriptUrl(found(call), call.context.origin, "iframe")),
    ),
    get(
      `${path}/:id/lightbox-javascript-url`,
      (call) => new PlainText(scriptUrl(found(call), call.context.origin, "lightbox")),
    ),
    get(`${path}/:id/credentials`, (call) => new PlainText(createCredentials(world, found(call)))),
    get(`${path}/:id/payment-method-configurations`, (call) => methodList(world, buyer, found(call), call)),
    ...readTriple(tableResource("transaction", path, world.state.tables.transactions, transactionView)),
    get(`${path}/by-credentials/:credentials`, (call) => shown(findByCredentials(world, call), call)),
    get(`${path}/by-credentials/:credentials/payment-method-configurations`, (call) =>
      methodList(world, buyer, findByCredentials(world, call), call),
    ),
  ];
}

/** Where the buyer pays. */
export function payUrl(row: TransactionRow, origin: string): string {
  return `${origin}/s/${row.space}/payment/transaction/pay/${row.id}?securityToken=${row.securityToken}`;
}

function scriptUrl(row: TransactionRow, origin: string, kind: "iframe" | "lightbox"): string {
  const query = `spaceId=${row.space}&transactionId=${row.id}&securityToken=${row.securityToken}`;
  return `${origin}/assets/payment/${kind}-checkout-handler.js?${query}`;
}

function createCredentials(world: World, row: TransactionRow): string {
  const secret = toToken(world.random);
  const until = world.agenda.now() + toMilliseconds(spaceOf(world, row.space).switches.credentialsLifetime);
  world.state.tables.transactions.put({ ...row, credentials: { secret, until } });
  return `${row.space}-${row.id}-${secret}`;
}

/** The transaction that the credentials in the path open. @throws ApiError 403 */
export function findByCredentials(world: World, call: SpaceCall): TransactionRow {
  const [space, id, ...secret] = (call.params.credentials ?? "").split("-");
  const row = world.state.tables.transactions.get(id ?? "");
  const credentials = row?.credentials ?? null;
  const isValid =
    credentials !== null &&
    row?.space === space &&
    space === call.space.id &&
    credentials.secret === secret.join("-") &&
    credentials.until >= world.agenda.now();
  if (row === undefined || !isValid)
    throw new ApiError(403, "invalid_credentials", "The transaction credentials are wrong or expired.");
  return row;
}

const integrationModes = ["payment_page", "lightbox", "iframe"];

function methodList(world: World, buyer: Buyer, row: TransactionRow, call: SpaceCall) {
  const mode = call.query.get("integrationMode");
  if (mode === null || !integrationModes.includes(mode)) {
    throw invalidParameter("integrationMode", `must be one of ${integrationModes.join(", ")}`);
  }
  if (row.state !== "PENDING" && switchesOf(world, row).methodsAfterConfirm === "refused") {
    throw new ApiError(
      422,
      "transaction_not_pending",
      `Transaction ${row.id} is ${row.state}; methods are listed only while it is PENDING.`,
    );
  }
  const methods = buyer.methods(row);
  return {
    data: methods.map((method) => methodConfigurationView(method, call.expand, call.context)),
    hasMore: false,
    limit: 100,
  };
}
