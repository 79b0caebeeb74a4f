import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer, noAnswer } from "../wire/answers.ts";
import { searchAll, toSearchText } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { methodExpand } from "./to-transaction.ts";
import { type Token, type TokenVersion, toToken, toTokenVersion } from "./token.ts";

export interface TokenOperations {
  /**
   * All tokens of one customer, in whatever state.
   * @throws TypeError when the customer's id has both kinds of quotes or a backslash, which a search cannot express.
   */
  listTokens(customerId: string, options?: CallOptions): Promise<readonly Token[]>;
  readToken(id: ServiceId, options?: CallOptions): Promise<Token>;
  /** For good. */
  deleteToken(id: ServiceId, options?: CallOptions): Promise<void>;
  readActiveTokenVersion(token: ServiceId, options?: CallOptions): Promise<TokenVersion>;
}

const tokens = "/payment/tokens";

export function createTokenOperations(send: Send): TokenOperations {
  return {
    listTokens: async (customerId, options) => {
      const found = await searchAll(
        send,
        tokens,
        toToken,
        { query: `customerId:${toSearchText(customerId)}` },
        options,
      );
      // Whatever the search takes for equal, nobody gets another customer's means of payment.
      return found.filter((token) => token.customerId === customerId);
    },
    readToken: (id, options) =>
      send({ method: "GET", path: `${tokens}/${id}`, read: jsonAnswer(toToken, "Token") }, options),
    deleteToken: (id, options) => send({ method: "DELETE", path: `${tokens}/${id}`, read: noAnswer }, options),
    readActiveTokenVersion: (token, options) => {
      const query = { expand: ["paymentMethodBrand", ...methodExpand] };
      const read = jsonAnswer(toTokenVersion, "TokenVersion");
      return send({ method: "GET", path: `${tokens}/${token}/active-version`, query, read }, options);
    },
  };
}
