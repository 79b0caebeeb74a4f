import { isPaymentError, type PaymentError, type PaymentErrorCode } from "@checkout-plugins/core";
import { z } from "zod";
import { parseJson } from "../body.ts";

/** The body of every answer that is not a result. `publicMessage` is for the buyer, `message` for the developer. */
export interface Fault {
  readonly error: {
    readonly code: PaymentErrorCode;
    readonly message: string;
    readonly publicMessage: string;
    readonly retryable: boolean;
  };
}

export function toFault(error: PaymentError): Fault {
  const { code, message, publicMessage, retryable } = error;
  return { error: { code, message, publicMessage, retryable } };
}

/** A fault as another version may tell it: any code is read. */
export interface ReadFault {
  readonly code: string;
  readonly message: string;
  readonly publicMessage: string;
  readonly retryable: boolean;
}

export const faultSchema: z.ZodType<{ readonly error: ReadFault }> = z.object({
  error: z.object({ code: z.string(), message: z.string(), publicMessage: z.string(), retryable: z.boolean() }),
});

/** What an answer says went wrong; null when its body is not in our form, for instance a proxy's own page. */
export function readFault(body: Uint8Array): ReadFault | null {
  const read = faultSchema.safeParse(toJson(body));
  return read.success ? read.data.error : null;
}

function toJson(body: Uint8Array): unknown {
  try {
    return parseJson(body);
  } catch (error) {
    if (isPaymentError(error)) return undefined;
    throw error;
  }
}
