import type { CoreParts, ShopId } from "./contract/index.ts";
export async function receiveWebhook(_parts: CoreParts, _shop: ShopId, _request: Request): Promise<Response> {
  throw new Error("soon");
}
