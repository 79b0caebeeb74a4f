import { expect } from "vitest";
import { isPaymentError, type PaymentError } from "../src/errors.ts";

/** The PaymentError that `run` throws; fails the test when it throws none, or another error. */
export function thrown(run: () => unknown): PaymentError {
  try {
    run();
  } catch (error) {
    if (isPaymentError(error)) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}
