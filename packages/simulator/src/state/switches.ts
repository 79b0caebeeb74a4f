/**
 * Everything a space can be told to do differently, as data. `row` is the number of the open question about the
 * service's behaviour that it answers (README, "Where the service is not documented"); the first of `values` is the default.
 */
export const switchTable = {
  // answers of the web service
  tokenTolerance: { row: 1, about: "how far a token's iat may be from our clock", duration: "PT10M" },
  versionCheck: {
    row: 6,
    about: "which versions a write may name: not lower, or exactly the last",
    values: ["lenient", "strict"],
  },
  versionNumbers: {
    row: 6,
    about: "create answers 1 and PATCH the new version; or create answers 2 and PATCH repeats the number it was sent",
    values: ["counting", "echoed"],
  },
  unexpanded: { row: 7, about: "a referenced entity that was not expanded", values: ["stub", "null"] },
  nestedSearch: { row: 8, about: "dotted fields in a search query", values: ["supported", "refused"] },
  starMeans: { row: 9, about: "field:* in a search query", values: ["isNull", "isNotNull"] },
  metaDataLimits: { row: 11, about: "keys of 40 characters [A-Za-z0-9_], values of 512", values: ["none", "enforced"] },
  credentialsLifetime: { row: 12, about: "of transaction credentials", duration: "PT15M" },
  requestLimit: { row: 16, about: "accepted requests per two minutes; 0 is no limit", integer: 0 },
  retryAfter: { row: 16, about: "the Retry-After header of a 429", values: ["sent", "omitted"] },
  completionWithoutLines: {
    row: 17,
    about: "partial completion without lineItems",
    values: ["everythingOpen", "refused"],
  },
  refundWithBoth: { row: 23, about: "a refund with amount and reductions", values: ["mustAgree", "reductionsWin"] },
  listUpdates: { row: 24, about: "lists and maps in a PATCH", values: ["replace", "merge"] },
  nullMeans: { row: 25, about: "null in a PATCH", values: ["unchanged", "clear"] },
  amountDigits: { row: 26, about: "amounts with more digits than the currency has", values: ["accepted", "refused"] },
  outsidePending: { row: 28, about: "PATCH and confirm of a transaction that is not PENDING", values: ["422", "409"] },
  outsideAuthorized: {
    row: 29,
    about: "completion and void of a transaction that is not AUTHORIZED",
    values: ["422", "409"],
  },
  whileInProgress: {
    row: null,
    about: "a second completion, void or refund while one is open",
    values: ["422", "409"],
  },
  methodsAfterConfirm: {
    row: 30,
    about: "the list of methods of a transaction that is not PENDING",
    values: ["listed", "refused"],
  },
  documentNotReady: { row: 31, about: "a document that does not exist yet", values: ["422", "404"] },
  unsetValues: { row: null, about: "properties without a value", values: ["null", "absent"] },
  hiddenSpace: { row: null, about: "a space the user has no right to", values: ["403", "404"] },

  // terminals
  terminalPoll: { row: 3, about: "how long a request waits at a terminal", duration: "PT1M30S" },
  terminalPollStatus: {
    row: 3,
    about: "when that time is over and the terminal still waits for the buyer",
    values: ["543", "504", "408"],
  },
  terminalPatience: { row: null, about: "a terminal gives up a buyer who does nothing", duration: "PT5M" },
  terminalTakes: {
    row: null,
    about: "a transaction that confirms itself: taken by a terminal, or to be confirmed before",
    values: ["pending", "confirmed"],
  },
  terminalBusy: { row: null, about: "a terminal that waits for another transaction", values: ["409", "422"] },
  terminalOffline: {
    row: null,
    about: "a terminal without network: refused at once, or the request waits",
    values: ["refused", "waits"],
  },
  receiptsPrinted: { row: null, about: "whether the device has printed its slips", values: ["no", "yes"] },

  // webhooks
  webhookRetries: {
    row: 4,
    about: "waits before each repetition",
    durations: ["PT1M", "PT5M", "PT30M", "PT2H", "PT12H"],
  },
  webhookSuccess: { row: 4, about: "what acknowledges a webhook", values: ["any2xx", "only200"] },
  retryEventId: { row: 5, about: "the event id of a repetition", values: ["kept", "new"] },
  webhookSignature: {
    row: 18,
    about: "listeners created from now on sign and tell the state",
    values: ["signed", "unsigned"],
  },
  webhookDelay: { row: null, about: "between a change and its webhook", duration: "PT0.05S" },

  // a transaction's life
  environment: {
    row: null,
    about: "of transactions that leave it to the configuration",
    values: ["PRODUCTION", "TEST"],
  },
  completion: {
    row: null,
    about: "of transactions that leave it to the configuration",
    values: ["immediate", "deferred"],
  },
  processingStarts: {
    row: null,
    about: "when the buyer submits, or already opens, the payment page",
    values: ["onSubmit", "onOpening"],
  },
  abort: { row: null, about: "a transaction whose buyer pressed cancel", values: ["fails", "staysOpen"] },
  delivery: { row: null, about: "the delivery indication", values: ["suitable", "manualCheck", "notSuitable"] },
  deliveryDecided: {
    row: null,
    about: "when the delivery indication is decided",
    values: ["atAuthorization", "atCompletion"],
  },
  manualDecision: {
    row: null,
    about: "once the time for the manual decision is over",
    values: ["suitable", "notSuitable"],
  },
  completionOutcome: { row: null, about: "of completions", values: ["successful", "failed"] },
  voidOutcome: { row: null, about: "of voids", values: ["successful", "failed"] },
  refundOutcome: { row: null, about: "of refunds", values: ["successful", "failed", "manualCheck"] },
  storedMeans: {
    row: null,
    about: "charges of a stored card",
    values: ["successful", "declined", "asksBuyer"],
  },
  invoicePaymentTerm: { row: null, about: "of invoices that buyers pay later", duration: "P30D" },
  authorizationDelay: { row: null, about: "between the buyer's submit and the outcome", duration: "PT0S" },
  completionDelay: { row: null, about: "a completion is PENDING for so long", duration: "PT0S" },
  deliveryDelay: { row: null, about: "a delivery indication is PENDING for so long", duration: "PT0S" },
  voidDelay: { row: null, about: "a void is PENDING for so long", duration: "PT0S" },
  refundDelay: { row: null, about: "a refund is PENDING for so long", duration: "PT0S" },
  pendingLifetime: { row: 33, about: "a transaction that nobody pays fails after it", duration: "P1D" },
  authorizationTimeout: { row: null, about: "after the start of processing", duration: "PT1H" },
  completionTimeout: {
    row: null,
    about: "after authorization; then the service completes by itself",
    duration: "P5D",
  },
  endOfLife: { row: null, about: "after authorization", duration: "P100D" },
  manualDecisionTimeout: { row: null, about: "after the manual check was asked for", duration: "P3D" },
} as const;

type Row = { readonly row: number | null; readonly about: string } & (
  | { readonly values: readonly string[] }
  | { readonly duration: string }
  | { readonly durations: readonly string[] }
  | { readonly integer: number }
);
type ValueOf<R> = R extends { readonly values: readonly (infer V)[] }
  ? V
  : R extends { readonly durations: readonly string[] }
    ? readonly string[]
    : R extends { readonly integer: number }
      ? number
      : string;

export type SwitchName = keyof typeof switchTable;
export type Switches = { readonly [K in SwitchName]: ValueOf<(typeof switchTable)[K]> };

/** The switches that are durations. */
export type DurationSwitch = {
  [K in SwitchName]: (typeof switchTable)[K] extends { readonly duration: string } ? K : never;
}[SwitchName];

export const switchRows: Readonly<Record<SwitchName, Row>> = switchTable;
export const switchNames: readonly SwitchName[] = Object.keys(switchTable) as SwitchName[];

function defaultOf(row: Row): string | number | readonly string[] {
  if ("values" in row) return row.values[0] ?? "";
  if ("durations" in row) return row.durations;
  return "duration" in row ? row.duration : row.integer;
}

export const defaultSwitches: Switches = Object.fromEntries(
  switchNames.map((name) => [name, defaultOf(switchRows[name])]),
) as unknown as Switches;

/** Sets of switches under one name, for the control door. */
export const presets: Readonly<Record<"lenient" | "strict" | "otherAnswers", Partial<Switches>>> = {
  lenient: { versionCheck: "lenient", metaDataLimits: "none", nullMeans: "unchanged", amountDigits: "accepted" },
  strict: { versionCheck: "strict", metaDataLimits: "enforced", nullMeans: "clear", amountDigits: "refused" },
  /** The other answer to every question about which the documentation of the service leaves open what it does. */
  otherAnswers: {
    versionCheck: "strict",
    versionNumbers: "echoed",
    unexpanded: "null",
    nestedSearch: "refused",
    starMeans: "isNotNull",
    metaDataLimits: "enforced",
    retryAfter: "omitted",
    completionWithoutLines: "refused",
    refundWithBoth: "reductionsWin",
    listUpdates: "merge",
    nullMeans: "clear",
    amountDigits: "refused",
    outsidePending: "409",
    outsideAuthorized: "409",
    whileInProgress: "409",
    methodsAfterConfirm: "refused",
    documentNotReady: "404",
    unsetValues: "absent",
    hiddenSpace: "404",
    webhookSuccess: "only200",
    retryEventId: "new",
    webhookSignature: "unsigned",
    processingStarts: "onOpening",
    abort: "staysOpen",
    terminalPollStatus: "504",
    terminalTakes: "confirmed",
    terminalBusy: "422",
    terminalOffline: "waits",
    receiptsPrinted: "yes",
    deliveryDecided: "atCompletion",
    manualDecision: "notSuitable",
  },
};
