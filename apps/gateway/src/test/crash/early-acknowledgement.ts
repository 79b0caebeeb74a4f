/**
 * Loaded before a gateway's `main.ts`, it makes a gateway that no shop may have: one that acknowledges a webhook before
 * it is committed. What is caught with it is what the crash test is there to catch.
 */
import { registerHooks } from "node:module";

const mutant = new URL("early-store.ts", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@checkout-plugins/store-sql" && context.parentURL !== mutant
      ? { url: mutant, shortCircuit: true }
      : next(specifier, context),
});
