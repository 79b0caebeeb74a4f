import type { Logger } from "@checkout-plugins/core";
import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { PageEnv } from "./console/pages.ts";

export interface MetricsSettings {
  /** Milliseconds, from any begin, always growing. */
  readonly now: () => number;
}

/** What a gauge tells when it is asked. */
export interface MetricSources {
  /** Between start and stop. */
  readonly isReady: () => boolean;
  readonly notConnected: () => number;
  /** Seconds since the payment, and the notice, that waits longest became due; 0: nothing waits. */
  readonly waiting: () => Promise<{ readonly payment: number; readonly notice: number }>;
}

/** Counts what the gateway does. No label names a shop, a payment or a person. */
export interface Metrics {
  /** Counts and times requests by route, method and status. */
  readonly requests: MiddlewareHandler<PageEnv>;
  /** The same logger; each of its events is counted by name and level. */
  countEvents(logger: Logger): Logger;
  /** The same fetch; requests to the service are counted and timed. */
  countFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
  /** In the text format of Prometheus. */
  render(sources: MetricSources): Promise<{ readonly type: string; readonly text: string }>;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const name = (rest: string): string => `checkout_gateway_${rest}`;

export function createMetrics({ now }: MetricsSettings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: name("request_seconds"),
    help: "Requests to the gateway, answered",
    labelNames: ["route", "method", "status"],
    buckets,
    registers,
  });
  const service = new Histogram({
    name: name("service_request_seconds"),
    help: "Requests to PostFinance Checkout; status 0: no answer came",
    labelNames: ["method", "status"],
    buckets,
    registers,
  });
  const events = new Counter({
    name: name("events_total"),
    help: "Lines of the log by event, those that the level leaves out too",
    labelNames: ["event", "level"],
    registers,
  });
  const gauge = (rest: string, help: string): Gauge => new Gauge({ name: name(rest), help, registers });
  const ready = gauge("ready", "1 while it takes work");
  const notConnected = gauge("spaces_not_connected", "Spaces of PostFinance Checkout without working webhooks");
  const waiting = new Gauge({
    name: name("oldest_due_seconds"),
    help: "Since when the payment, or the notice, that waits longest is due; 0: none",
    labelNames: ["what"],
    registers,
  });

  const timed = async (work: () => Promise<Response>, done: (seconds: number, status: number) => void) => {
    const begin = now();
    let status = 0;
    try {
      const response = await work();
      status = response.status;
      return response;
    } finally {
      done((now() - begin) / 1000, status);
    }
  };
  return {
    requests: async (c, next) => {
      const begin = now();
      await next();
      const route = toRoute(matchedRoutes(c).map(({ path }) => path));
      requests.observe({ route, method: c.req.method, status: c.res.status }, (now() - begin) / 1000);
    },
    countEvents(logger) {
      const count = (level: keyof Logger): Logger[keyof Logger] => {
        return (event, fields) => {
          events.inc({ event, level });
          logger[level](event, fields);
        };
      };
      return { debug: count("debug"), info: count("info"), warn: count("warn"), error: count("error") };
    },
    countFetch: (fetch) => (input, init) =>
      timed(
        () => fetch(input, init),
        (seconds, status) => service.observe({ method: init?.method ?? "GET", status }, seconds),
      ),
    async render(sources) {
      ready.set(sources.isReady() ? 1 : 0);
      notConnected.set(sources.notConnected());
      const { payment, notice } = await sources.waiting();
      waiting.set({ what: "payment" }, payment);
      waiting.set({ what: "notice" }, notice);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** The pattern, never the address: that one holds names of shops. */
function toRoute(patterns: readonly string[]): string {
  return patterns.findLast((pattern) => !["*", "/*", "/console/*"].includes(pattern)) ?? "other";
}
