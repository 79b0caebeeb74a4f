export type { Entry, Topic } from "./entry.ts";
export type { CallTarget } from "./explanations/call-targets.ts";
export {
  explainFailure,
  explainFinding,
  explainStatus,
  type FailureCode,
  type FindingKind,
  isServiceStatus,
} from "./explanations/explain.ts";
export type { Explanation } from "./explanations/explanation.ts";
export type { ServiceStatus } from "./explanations/statuses.ts";
export type {
  Channel,
  Citation,
  CountFact,
  DurationFact,
  EmailFact,
  Fact,
  IsoDate,
  MenuPathFact,
  NamesFact,
  PhoneFact,
  PriceFact,
  Product,
  StatementFact,
  UrlFact,
} from "./facts.ts";
export { findTopic, knowledge } from "./knowledge.ts";
export { type Language, languages, type Texts, toLanguage } from "./language.ts";
export {
  type Acceptance,
  type Acquirer,
  type AcquirerId,
  acquirers,
  type Contact,
  findAcquirer,
} from "./partners/acquirers.ts";
export { type ShownMethod, toCallQuestion } from "./partners/call-question.ts";
export {
  type Acceptable,
  type CardBrand,
  cardBrands,
  methodNames,
  namesOf,
  type PaymentMethod,
  paymentMethods,
} from "./partners/methods.ts";
export { type CallAdvice, type CallQuestion, type NamedPartner, whomToCall } from "./partners/whom-to-call.ts";
export { type SearchHit, search } from "./search/search.ts";
export { type Source, type SourceId, sources } from "./sources.ts";
