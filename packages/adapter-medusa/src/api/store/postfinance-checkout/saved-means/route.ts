import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listMeans } from "../../../../medusa-means.ts";
import { findRuntime } from "../../../../runtime.ts";

/** A saved means of payment of the customer who is signed in. */
export interface SavedMeans {
  readonly id: string;
  readonly provider_id: string;
  /** Masked, such as "Visa 4111 11** **** 1111". */
  readonly label: string;
  readonly image: string | null;
  readonly expires_on: string | null;
}

/** `?provider_id=pp_postfinance-checkout_default`; without it those of every provider. */
export async function GET(request: AuthenticatedMedusaRequest, response: MedusaResponse): Promise<void> {
  const runtime = await findRuntime();
  const wanted = request.query.provider_id;
  const asked = runtime.providers.filter(({ id }) => wanted === undefined || id === wanted);
  const lists = asked.map(async (provider): Promise<readonly SavedMeans[]> => {
    const means = await listMeans({ ...runtime, ...provider }, request.auth_context.actor_id);
    return means.map(({ id, label, image, expiresOn }) => ({
      id,
      provider_id: provider.id,
      label,
      image,
      expires_on: expiresOn,
    }));
  });
  response.json({ saved_means: (await Promise.all(lists)).flat() });
}
