import type { Url } from "@checkout-plugins/core";
import { createOpenApi } from "@checkout-plugins/shop-protocol";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { toReferencePage } from "./reference-page.ts";

/** Examples are wide: they scroll, the page does not. */
const style = `
main ul { margin: .25rem 0; padding-left: 1.25rem; }
pre { overflow: auto; padding: .75rem; background: var(--back); border: 1px solid var(--line); border-radius: .375rem; }
pre code { overflow-wrap: normal; }
`;

/** For developers of shops: the shop protocol as OpenAPI at /openapi.json, and to read at /reference. */
export function createReference(url: () => Url): Hono {
  const app = new Hono();
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: false,
  });
  app.get("/reference.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/openapi.json", headers, (c) => c.json(createOpenApi({ gatewayUrl: url() })));
  app.get("/reference", headers, (c) => c.html(toReferencePage(createOpenApi({ gatewayUrl: url() }))));
  return app;
}
