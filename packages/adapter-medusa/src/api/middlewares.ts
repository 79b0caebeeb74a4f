import { defineMiddlewares, type MiddlewaresConfig } from "@medusajs/framework/http";
import { hookPath } from "../medusa-names.ts";

/** A signature covers the bytes that were sent: they are read as they are, not parsed and written again. */
const middlewares: MiddlewaresConfig = defineMiddlewares({
  routes: [{ matcher: `${hookPath}/:provider`, methods: ["POST"], bodyParser: false }],
});

export default middlewares;
