import { Hono } from "hono";
import type { Env } from "../api/received.ts";
import { readAsset } from "../assets.ts";
import type { World } from "../service/world.ts";
import { methodIcon } from "./icons.ts";
import { findByToken } from "./visitors.ts";

const script = { "content-type": "text/javascript;charset=utf-8", "cache-control": "no-store" };

/** Scripts, style and pictures that browsers load. */
export function createResources(world: World): Hono<Env> {
  const app = new Hono<Env>();
  const style = readAsset("payment-page.css");
  const frame = readAsset("payment-frame.js");

  for (const kind of ["iframe", "lightbox"] as const) {
    const handler = readAsset(`${kind}-checkout-handler.js`);
    app.get(`/assets/payment/${kind}-checkout-handler.js`, (context) => {
      const { spaceId = "", transactionId = "", securityToken = "", className = "" } = context.req.query();
      const row = findByToken(world, spaceId, transactionId, securityToken);
      if (row === undefined) return context.body("// This address is not valid: get a new one.\n", 403, script);
      if (!/^[A-Za-z_$][\w$]*$|^$/.test(className))
        return context.body("// className is no name of a variable.\n", 400, script);
      return context.body(handler, 200, script);
    });
  }
  app.get("/assets/payment/payment-frame.js", (context) => context.body(frame, 200, script));
  app.get("/assets/payment/payment-page.css", (context) =>
    context.body(style, 200, { "content-type": "text/css;charset=utf-8", "cache-control": "no-cache" }),
  );
  app.get("/s/:space/payment/device.js", (context) => context.body("", 200, script));
  app.on("GET", ["/s/:space/resource/*", "/:language/s/:space/resource/*"], (context) => {
    const icon = methodIcon(context.req.path.replace(/^.*?\/resource\//, ""));
    if (icon === undefined) return context.notFound();
    return context.body(icon, 200, { "content-type": "image/svg+xml", "cache-control": "max-age=3600" });
  });
  return app;
}
