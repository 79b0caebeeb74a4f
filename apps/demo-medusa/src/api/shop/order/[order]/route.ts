import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { findTexts, toPage } from "../../../../page.ts";

interface Order {
  readonly id: string;
  readonly display_id: number;
  readonly payment_collections: readonly { readonly status: string }[];
}

/** What a buyer is shown of his placed order. Its id is the secret by which he is let in. */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { language, texts } = findTexts(request.headers["accept-language"]);
  const query = request.scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "display_id", "payment_collections.status"],
    filters: { id: request.params.order ?? "" },
  });
  const [order] = data as unknown as readonly Order[];
  if (order === undefined) {
    response.redirect(303, "/shop");
    return;
  }
  const status = order.payment_collections[0]?.status;
  const paid =
    status === "completed" ? texts.paid.captured : status === "authorized" ? texts.paid.authorized : texts.paid.other;
  const body = `<p>${texts.order} ${order.display_id}: <strong>${paid}</strong></p>
<p><a class="button" href="/shop">${texts.back}</a> <a href="/app/orders/${order.id}">${texts.admin}</a></p>`;
  response.type("html").send(toPage(language, texts.thanks, body));
}
