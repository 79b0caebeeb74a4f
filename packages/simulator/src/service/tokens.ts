import type { ServiceId } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import type { ChargeAttemptRow, TokenRow, TokenVersionRow } from "../state/payment.ts";
import type { SpaceRow } from "../state/space.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { toToken } from "../values/random.ts";
import type { Transactions } from "./transactions.ts";
import type { World } from "./world.ts";

export type TokenContent = Partial<
  Pick<
    TokenRow,
    "customerEmailAddress" | "customerId" | "enabledForOneClickPayment" | "language" | "timeZone" | "tokenReference"
  >
>;

export interface Tokens {
  /** An empty one; the same `externalId` again answers the first. */
  create(space: SpaceRow, externalId: string, content: TokenContent): TokenRow;
  update(row: TokenRow, content: TokenContent): TokenRow;
  remove(row: TokenRow): void;
  activeVersion(token: string): TokenVersionRow | undefined;
  /** The cards that this customer has kept and may pay with at once. */
  offeredTo(transaction: TransactionRow): readonly TokenVersionRow[];
  /** Keeps the card of a payment where the transaction, or the buyer, asks for it. */
  keep(transaction: TransactionRow, attempt: ChargeAttemptRow): void;
}

export function createTokens(world: World, transactions: Transactions): Tokens {
  const { agenda } = world;
  const { tokens, tokenVersions } = world.state.tables;

  const put = (row: TokenRow, entered: boolean): TokenRow => {
    const { id, space, state } = row;
    tokens.put(row);
    world.announce({ entity: "Token", id, space, state, entered, transaction: null });
    return row;
  };
  const putVersion = (row: TokenVersionRow): TokenVersionRow => {
    const { id, space, state } = row;
    tokenVersions.put(row);
    world.announce({ entity: "TokenVersion", id, space, state, entered: true, transaction: null });
    return row;
  };
  const versionsOf = (token: TokenRow) => tokenVersions.of(token.space).filter((row) => row.token === token.id);
  const activeVersion = (token: string): TokenVersionRow | undefined => {
    const row = tokens.get(token);
    return row === undefined ? undefined : versionsOf(row).find(({ state }) => state === "ACTIVE");
  };
  const retire = (token: TokenRow) => {
    for (const row of versionsOf(token)) {
      if (row.state === "ACTIVE")
        putVersion({ ...row, state: "OBSOLETE", obsoletedOn: agenda.now(), version: row.version + 1 });
    }
  };
  const create = (space: { readonly id: SpaceRow["id"] }, externalId: string, content: TokenContent) =>
    put(
      {
        customerEmailAddress: null,
        customerId: null,
        enabledForOneClickPayment: false,
        language: null,
        timeZone: null,
        tokenReference: null,
        ...content,
        id: world.newId(),
        space: space.id,
        version: 1,
        state: "ACTIVE",
        createdOn: agenda.now(),
        externalId,
      },
      true,
    );

  return {
    activeVersion,

    create: (space, externalId, content) =>
      tokens.of(space.id).find((row) => row.externalId === externalId) ?? create(space, externalId, content),
    update: (row, content) => put({ ...row, ...content, version: row.version + 1 }, false),
    remove(row) {
      if (row.state === "DELETED") throw unprocessable("token_deleted", `Token ${row.id} is deleted already.`);
      retire(row);
      put({ ...row, state: "DELETED", version: row.version + 1 }, true);
    },

    offeredTo({ space, content: { customerId } }) {
      if (customerId === undefined) return [];
      return tokens
        .of(space)
        .filter((row) => row.state === "ACTIVE" && row.customerId === customerId && row.enabledForOneClickPayment)
        .flatMap((row) => activeVersion(row.id) ?? []);
    },

    keep(transaction, attempt) {
      const { content, space } = transaction;
      const { customerId, tokenizationMode: mode } = content;
      const isWanted = mode === "ALLOW_ONE_CLICK_PAYMENT" ? attempt.isToBeKept : mode !== undefined;
      if (attempt.card === null || attempt.tokenVersion !== null || customerId === undefined || !isWanted) return;
      const isOneClick = mode === "ALLOW_ONE_CLICK_PAYMENT" || mode === "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT";
      const renewed = mode === "FORCE_UPDATE" && content.token !== undefined ? tokens.get(content.token) : undefined;
      const customerEmailAddress = content.customerEmailAddress ?? null;
      const description = {
        customerId,
        customerEmailAddress,
        language: content.language,
        enabledForOneClickPayment: isOneClick,
      };
      const token = renewed ?? create({ id: space }, `transaction-${transaction.id}`, description);
      retire(token);
      const now = agenda.now();
      putVersion({
        id: world.newId(),
        space,
        version: 1,
        state: "ACTIVE",
        token: token.id,
        card: attempt.card,
        method: attempt.method,
        environment: attempt.environment,
        createdOn: now,
        activatedOn: now,
        obsoletedOn: null,
        processorToken: toToken(world.random),
      });
      transactions.change(transaction, { content: { ...content, token: token.id } });
    },
  };
}

/** A token that can be charged. @throws ApiError 422 */
export function chargeableVersion(
  tokens: Tokens,
  transaction: TransactionRow,
  token: ServiceId | undefined,
): TokenVersionRow {
  if (token === undefined)
    throw unprocessable("token_missing", `Transaction ${transaction.id} names no token.`, { token: "is required" });
  const version = tokens.activeVersion(token);
  if (version !== undefined) return version;
  throw unprocessable("token_not_usable", `Token ${token} has no active version; it was deleted or never used.`, {
    token: "cannot be charged",
  });
}
