import { container } from "@medusajs/framework";
import { findRuntime, type Runtime } from "../runtime.ts";

/** Another Medusa's runtime on the same database: with leases and connections of its own. */
export async function openInstance(): Promise<Runtime> {
  const key = "postfinanceCheckout";
  const first = container.resolve<Promise<Runtime>>(key);
  container.register(key, { resolve: () => null });
  try {
    return await findRuntime();
  } finally {
    container.register(key, { resolve: () => first });
  }
}
