import { authenticate, defineMiddlewares, type MiddlewaresConfig } from "@medusajs/framework/http";
import { hookPath } from "../medusa-names.ts";

const middlewares: MiddlewaresConfig = defineMiddlewares({
  routes: [
    // A signature covers the bytes that were sent: they are read as they are, not parsed and written again.
    { matcher: `${hookPath}/:provider`, methods: ["POST"], bodyParser: false },
    {
      matcher: "/store/postfinance-checkout/saved-means*",
      middlewares: [authenticate("customer", ["session", "bearer"])],
    },
  ],
});

export default middlewares;
