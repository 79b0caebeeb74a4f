import { authenticate, defineMiddlewares, type MiddlewaresConfig } from "@medusajs/framework/http";
import { guardFulfillment } from "../fulfillment-guard.ts";
import { hookPath } from "../medusa-names.ts";

const middlewares: MiddlewaresConfig = defineMiddlewares({
  routes: [
    // A signature covers the bytes that were sent: they are read as they are, not parsed and written again.
    { matcher: `${hookPath}/:provider`, methods: ["POST"], bodyParser: false },
    { matcher: "/admin/orders/:id/fulfillments", methods: ["POST"], middlewares: [guardFulfillment] },
    {
      matcher: "/admin/orders/:id/fulfillments/:fulfillment_id/shipments",
      methods: ["POST"],
      middlewares: [guardFulfillment],
    },
    {
      matcher: "/store/postfinance-checkout/saved-means*",
      middlewares: [authenticate("customer", ["session", "bearer"])],
    },
  ],
});

export default middlewares;
