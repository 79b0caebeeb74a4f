import type { ServiceId } from "@checkout-plugins/client";
import { ApiError, unprocessable } from "../api-error.ts";
import { findTestCard, type TestCard, toMaskedNumber } from "../catalogue/cards.ts";
import type { FailureName } from "../catalogue/failures.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { ChargeAttemptRow, TokenVersionRow } from "../state/payment.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import type { Browser, TransactionRow, UserInterface } from "../state/transaction.ts";
import type { Charges, Try } from "./charges.ts";
import { toTokenTry } from "./token-charges.ts";
import { chargeableVersion, type Tokens } from "./tokens.ts";
import { isOpen } from "./transaction-machine.ts";
import type { Transactions } from "./transactions.ts";
import { switchesOf, type World } from "./world.ts";

/** What the buyer's browser shows next. */
export type BuyerStep =
  | { readonly kind: "paid" | "processing" | "failed" | "aborted" }
  | { readonly kind: "asked"; readonly attempt: ServiceId }
  | { readonly kind: "declined"; readonly failure: FailureName };

/** What the buyer typed. */
export interface CardEntry {
  /** Digits without spaces. */
  readonly number: string;
  /** "2028-12" */
  readonly expiry: string;
  readonly holder: string | null;
  readonly isToBeKept: boolean;
}

export interface Visit {
  readonly userInterface: UserInterface | null;
  readonly browser: Browser | null;
}

export interface Buyer {
  methods(transaction: TransactionRow): readonly MethodConfigurationRow[];
  /** Cards that the buyer has kept. */
  storedCards(transaction: TransactionRow): readonly TokenVersionRow[];
  payByToken(transaction: TransactionRow, token: ServiceId, visit: Visit): BuyerStep;
  /** The buyer opens the page. */
  open(transaction: TransactionRow, visit: Visit): TransactionRow;
  payByCard(transaction: TransactionRow, method: MethodConfigurationRow, card: CardEntry, visit: Visit): BuyerStep;
  /** By app or invoice; an app asks the buyer unless the outcome is given. */
  payByMethod(
    transaction: TransactionRow,
    method: MethodConfigurationRow,
    outcome: "ask" | "pay" | "decline",
    visit: Visit,
  ): BuyerStep;
  /** In the app or at the bank. */
  answer(transaction: TransactionRow, isConfirmed: boolean): BuyerStep;
  abort(transaction: TransactionRow): BuyerStep;
}

export function createBuyer(world: World, transactions: Transactions, charges: Charges, tokens: Tokens): Buyer {
  const fresh = (row: TransactionRow) => world.state.tables.transactions.get(row.id) ?? row;

  const toStep = (row: TransactionRow, attempt: ChargeAttemptRow): BuyerStep => {
    if (attempt.state === "SUCCESSFUL") return { kind: "paid" };
    if (attempt.state === "PROCESSING") {
      return attempt.asksBuyer ? { kind: "asked", attempt: attempt.id } : { kind: "processing" };
    }
    const isFinal = fresh(row).state === "FAILED";
    return isFinal ? { kind: "failed" } : { kind: "declined", failure: attempt.failure ?? "declined" };
  };
  const pay = (transaction: TransactionRow, visit: Visit, tried: Try): BuyerStep => {
    const begun = charges.begin(transaction, visit.userInterface, visit.browser);
    return toStep(begun, charges.attempt(begun, tried));
  };
  const interactive = { chargeType: "SYNCHRONOUS", tokenVersion: null } as const;

  return {
    methods: (transaction) => availableMethods(world, transaction),
    storedCards: (transaction) => tokens.offeredTo(transaction),

    payByToken(transaction, token, visit) {
      const version = chargeableVersion(tokens, transaction, token);
      const { id, content } = transaction;
      const named = transactions.change(transaction, { content: { ...content, token } });
      const { storedMeans } = switchesOf(world, named);
      if (!tokens.offeredTo(named).includes(version))
        throw unprocessable("token_not_offered", `Token ${token} is not offered for transaction ${id}.`);
      return pay(named, visit, { ...toTokenTry(version, storedMeans), asksBuyer: storedMeans === "asksBuyer" });
    },

    open(transaction, visit) {
      const startsNow = switchesOf(world, transaction).processingStarts === "onOpening";
      return startsNow && isOpen(transaction.state)
        ? charges.begin(transaction, visit.userInterface, visit.browser)
        : transaction;
    },

    payByCard(transaction, method, card, visit) {
      if (kindOf(method) !== "card")
        throw unprocessable("not_a_card_method", `Method ${method.id} does not take cards.`);
      const testCard = findTestCard(card.number);
      return pay(transaction, visit, {
        ...interactive,
        method: method.id,
        isToBeKept: card.isToBeKept,
        card: {
          maskedNumber: toMaskedNumber(card.number),
          holder: card.holder,
          expiry: card.expiry,
          brand: testCard?.brand ?? "visa",
        },
        failure: failureOf(testCard, card, world.agenda.now()),
        asksBuyer: testCard?.authentication === "challenge",
      });
    },

    payByMethod(transaction, method, outcome, visit) {
      if (kindOf(method) === "card") throw unprocessable("card_expected", `Method ${method.id} needs a card.`);
      return pay(transaction, visit, {
        ...interactive,
        method: method.id,
        isToBeKept: false,
        card: null,
        failure: outcome === "decline" ? "declined" : null,
        asksBuyer: outcome === "ask" && kindOf(method) === "app",
      });
    },

    answer(transaction, isConfirmed) {
      const attempt = charges.current(transaction);
      if (attempt === undefined || !attempt.asksBuyer) {
        throw new ApiError(
          422,
          "nothing_to_answer",
          `Transaction ${transaction.id} does not wait for the buyer's confirmation.`,
        );
      }
      const failure = attempt.card === null ? "declined" : "authenticationFailed";
      return toStep(transaction, charges.answer(attempt, isConfirmed ? null : failure));
    },

    abort(transaction) {
      if (!isOpen(transaction.state)) {
        throw unprocessable(
          "transaction_not_payable",
          `Transaction ${transaction.id} is ${transaction.state} already.`,
        );
      }
      if (switchesOf(world, transaction).abort === "fails") transactions.fail(transaction, "cancelledByBuyer");
      return { kind: "aborted" };
    },
  };
}

function kindOf(method: MethodConfigurationRow): "card" | "app" | "invoice" {
  return paymentMethod(method.method).kind;
}

function failureOf(testCard: TestCard | undefined, card: CardEntry, now: number): FailureName | null {
  if (card.expiry < new Date(now).toISOString().slice(0, 7)) return "expiredCard";
  return testCard === undefined ? "declined" : testCard.failure;
}

/** The space's active methods that the transaction allows, in the space's order. */
export function availableMethods(world: World, transaction: TransactionRow): readonly MethodConfigurationRow[] {
  const allowed = transaction.content.allowedPaymentMethodConfigurations ?? [];
  return world.state.tables.methodConfigurations
    .of(transaction.space)
    .filter((row) => row.state === "ACTIVE" && (allowed.length === 0 || allowed.includes(row.id)))
    .toSorted((a, b) => a.sortOrder - b.sortOrder);
}
