import type { DocumentCommand, OperationKey, PaymentReference } from "@checkout-plugins/core";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { forMerchant } from "../../../../../../../medusa-errors.ts";
import { findProviderOf } from "../../../../../../../provider-of.ts";
import { findRuntime } from "../../../../../../../runtime.ts";

/** A document as the service renders it: `invoice`, `packingSlip`, or `refund-` with the refund's key. */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const runtime = await findRuntime();
  const { session = "" } = request.params;
  const provider = await findProviderOf(runtime, session);
  const document = toDocument(request.params.document ?? "");
  if (provider === null || document === null) {
    response.status(404).json({ message: "There is no such document." });
    return;
  }
  const reference = session as PaymentReference;
  const result = await forMerchant(() =>
    runtime.core.runCommand(provider.id, { kind: "document", reference, document }),
  );
  if (result.kind !== "successful") {
    response
      .status(409)
      .json({ message: result.kind === "failed" ? result.failure.merchantMessage : "Try again later." });
    return;
  }
  const { mimeType, title, base64 } = result.answer;
  response
    .set("content-type", mimeType)
    .set("content-disposition", `inline; filename*=UTF-8''${encodeURIComponent(title)}.pdf`)
    .set("cache-control", "private, no-store")
    .send(Buffer.from(base64, "base64"));
}

function toDocument(text: string): DocumentCommand["document"] | null {
  if (text === "invoice" || text === "packingSlip") return text;
  const [, key] = /^refund-(.+)$/.exec(text) ?? [];
  return key === undefined ? null : { refund: key as OperationKey };
}
