import { readFile } from "node:fs/promises";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";

/** Of the storefront's page, as `npm run build` bundles it. */
export async function GET(_request: MedusaRequest, response: MedusaResponse): Promise<void> {
  response.type("text/javascript").send(await readFile("public/shop/shop.js", "utf8"));
}
