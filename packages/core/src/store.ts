/** For authors of a PaymentStore: the rules that are the same in every store. */
export { toBuyerKey, toBuyerKeys, withoutBuyer, withoutReason } from "./buyer.ts";
export { joinCommand, toOpenCommand } from "./join-command.ts";
export { addFindings, firstFindings, isOfTruth, keepFindings } from "./kept-findings.ts";
export { entityOfCommand, isUntold } from "./operations.ts";
export { dueAt, faulted, hinted, newPaymentRow, recorded, scheduled, shown } from "./payment-row.ts";
export { strangerSeconds, transactionOfHint } from "./stranger.ts";
export { addSeconds } from "./time.ts";
