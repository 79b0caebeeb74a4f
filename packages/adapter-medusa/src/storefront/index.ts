export { type FormOptions, mountPaymentForm, openLightbox, type PaymentForm } from "./payment-form.ts";
export { type PaymentOutcome, readPaymentOutcome } from "./payment-outcome.ts";
export {
  findPaymentStep,
  isPostFinanceCheckout,
  type PaymentStep,
  type StoreMethod,
  type StoreSession,
} from "./payment-step.ts";
