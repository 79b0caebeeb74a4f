import { type Core, isPaymentError, type Logger, type ShopId } from "@checkout-plugins/core";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { toCrashAnswer, toErrorAnswer } from "./answers.ts";
import type { createCommandsRoute } from "./commands-route.ts";
import type { PageEnv } from "./console/pages.ts";
import type { MetricSources } from "./metrics.ts";
import { answerMetrics, type MetricsParts } from "./metrics-route.ts";
import type { createPlatformsRoute } from "./platforms-route.ts";
import type { HostedShops } from "./shops.ts";

export interface AppParts {
  readonly shops: HostedShops;
  readonly core: Pick<Core, "receiveWebhook">;
  readonly answerPlatform: ReturnType<typeof createPlatformsRoute>;
  readonly answerCommand: ReturnType<typeof createCommandsRoute>;
  readonly console: Hono<PageEnv>;
  /** For developers of shops. */
  readonly reference: Hono;
  /** Signing in and out. */
  readonly door: Hono<PageEnv>;
  /** null: no shops are kept. */
  readonly manage: Hono<PageEnv> | null;
  /** Between start and stop. */
  readonly isReady: () => boolean;
  /** Spaces to which there is no connection yet. */
  readonly notConnected: () => number;
  readonly logger: Logger;
  /** Absent: nothing is counted. */
  readonly metrics?: MetricsParts;
  readonly waiting: MetricSources["waiting"];
  /** New requests shall come on new connections, which another process may take. */
  readonly isDraining: () => boolean;
}

/** All addresses of the gateway. Whose a request is, is known before its body is read. */
export function createApp({ shops, core, answerCommand, answerPlatform, logger, ...parts }: AppParts): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const { metrics } = parts;
  if (metrics !== undefined) {
    app.use(metrics.metrics.requests);
    app.get("/metrics", (c) => answerMetrics(metrics, parts, c.req.raw, c.env.peer));
  }
  app.use(async (c, next) => {
    await next();
    if (parts.isDraining()) c.header("connection", "close");
  });
  app.post("/shops/:shop/commands", async (c) => {
    const shop = await shops.find(c.req.raw, c.env.peer);
    return answerCommand(shop, c.req.raw, c.env.peer);
  });
  app.post("/shops/:shop/webhooks", (c) => core.receiveWebhook(c.req.param("shop") as ShopId, c.req.raw));
  app.all("/platforms/:platform/*", (c) => answerPlatform(c.req.param("platform"), c.req.raw, c.env.peer));
  app.get("/healthz", (c) => c.json({ status: "alive" }));
  app.get("/readyz", (c) => {
    const isReady = parts.isReady();
    const status = isReady ? "ready" : "not ready";
    return c.json({ status, notConnected: parts.notConnected() }, isReady ? 200 : 503);
  });
  app.route("/manage", parts.door);
  if (parts.manage !== null) app.route("/manage", parts.manage);
  app.route("/", parts.reference);
  app.route("/", parts.console);
  app.notFound((c) => c.json({ error: { code: "notFound", message: `There is nothing at ${c.req.path}.` } }, 404));
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (isPaymentError(error)) {
      logger.warn("refused", { code: error.code, why: error.message });
      return toErrorAnswer(error);
    }
    logger.error("crashed", { why: error.message, stack: error.stack });
    return toCrashAnswer();
  });
  return app;
}
