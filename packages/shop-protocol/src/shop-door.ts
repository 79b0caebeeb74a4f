import { isPaymentError, type Json, type Payment, PaymentError, type Shown } from "@checkout-plugins/core";
import { parseJson, readBody } from "./body.ts";
import { signatureTolerance, verifyMessage } from "./signature.ts";
import { toFault } from "./wire/fault.ts";
import { parseDoorMessage } from "./wire/show.ts";

export interface ShopDoorSettings {
  /** `whsec_…`; several while one is being replaced. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Make the shop show exactly this payment, under the order's own lock. Safe to repeat: refuse a lower `revision`
   * (answer `unchanged`), and enter each operation once, by its `key`. `receipt` is what you answered last time.
   * What it throws is thrown to the caller of the door, whose 500 makes the gateway come again.
   */
  show(payment: Payment, receipt: Json | null): Promise<Shown<Json>>;
  /** The means of payment of the space changed: ask for them again, if you keep them. Ask once an hour too. */
  methodsChanged?(): Promise<void>;
  /**
   * Notes a message's id until then, and answers whether it was noted before: such a message is refused. Not needed
   * when `show` refuses a lower revision, because repeating it then changes nothing.
   */
  isRepeat?(id: string, until: Date): Promise<boolean>;
}

const maxMessage = 1024 * 1024;

/** The shop's side of `showPayment`: verifies the raw bytes, then parses, then shows. One address, POST. */
export function createShopDoor(settings: ShopDoorSettings): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") {
      return new Response("This is the gateway's door; it takes POST.", { status: 405, headers: { allow: "POST" } });
    }
    let message: Awaited<ReturnType<typeof receive>>;
    try {
      message = await receive(request, settings);
    } catch (error) {
      if (!isPaymentError(error)) throw error;
      return Response.json(toFault(error), { status: error.code === "badSignature" ? 401 : 400 });
    }
    if (message.kind === "methodsChanged") {
      await settings.methodsChanged?.();
      return Response.json({ kind: "noted" });
    }
    return Response.json(await settings.show(message.payment, message.receipt));
  };
}

async function receive(request: Request, settings: ShopDoorSettings): Promise<ReturnType<typeof parseDoorMessage>> {
  const body = await readBody(request, maxMessage);
  const { headers } = request;
  const verification = verifyMessage({ headers, body, secrets: settings.secrets, now: settings.now() });
  if (!verification.verified) throw new PaymentError("badSignature", verification.message);
  const until = new Date((verification.timestamp + signatureTolerance) * 1000);
  if (await settings.isRepeat?.(verification.id, until)) {
    throw new PaymentError("badSignature", `The message ${verification.id} was received before; give each its own id.`);
  }
  return parseDoorMessage(parseJson(body));
}
