import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createClient, createWebhookKeys, type SpaceClient, type SpaceId } from "@checkout-plugins/client";
import {
  type Clock,
  type Core,
  createCore,
  createMemoryStore,
  createWorker,
  type Done,
  type HostedShopAdapter,
  type Instant,
  isPaymentError,
  type Logger,
  type PaymentReference,
  type ShopCommand,
  type ShopId,
  type ShopRegistry,
  setUpWebhooks,
} from "@checkout-plugins/core";
import { toFault, toPairingCode as toOneTimeCode } from "@checkout-plugins/shop-protocol";
import {
  type BuyerRequest,
  createSimulator,
  createSimulatorControl,
  exampleKey,
  type SimulatorControl,
} from "@checkout-plugins/simulator";
import { serve } from "@hono/node-server";
import { createWoocommercePlatform, toPairingCode } from "../src/index.ts";

export const secret: string = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const shopId = "shop" as ShopId;
const peer = { address: "127.0.0.1", certificate: null };
const space = "70001" as SpaceId;

/** Core, our adapter and the simulator of PostFinance Checkout, as a gateway hosts them, in real time. */
export interface TestGateway {
  readonly url: string;
  readonly pairingCode: string;
  readonly core: Core;
  readonly simulator: SimulatorControl;
  /** PostFinance Checkout, for another plugin beside ours. */
  readonly service: SpaceClient;
  readonly warnings: readonly string[];
  /** A code of the console, which can be used once. */
  createCode(): string;
  /** The answer to a pairing is lost, after its effect. */
  losesPairing: boolean;
  /** While set, what the shop sends is answered so instead; null: the connection is cut. */
  answer: (() => Response | null) | undefined;
  /** Kinds of the commands that came, in their order. */
  readonly commands: string[];
  /** The newest one, as it came. */
  readonly newest: () => ShopCommand | undefined;
  /** What the buyer of the newest transaction does on the payment page. */
  buyer(action: BuyerRequest): Promise<void>;
  /** Puts the gateway's clock forward, so that what it read counts as old. */
  later(seconds: number): void;
  /** What a webhook leads to. */
  settle(reference: string): Promise<void>;
  /** What was asked of the service since the last question, without ids. */
  asked(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `hears`: the service sends it webhooks. Without them everything is found by return and timer. */
export async function createTestGateway(
  siteUrl: () => string,
  { hears = false }: { readonly hears?: boolean } = {},
): Promise<TestGateway> {
  let ahead = 0;
  const clock: Clock = {
    now: () => new Date(Date.now() + ahead).toISOString() as Instant,
    sleep: (seconds, signal) => wait(seconds * 1000, undefined, { signal }),
  };
  const service = await createSimulator({}).listen(0);
  const client = createClient({
    baseUrl: service.url,
    userId: "12345",
    authenticationKey: exampleKey,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds, signal) => clock.sleep(milliseconds / 1000, signal),
  });
  const warnings: string[] = [];
  const note = (event: string, fields: unknown): number => warnings.push(`${event} ${JSON.stringify(fields)}`);
  const logger: Logger = { debug: () => {}, info: () => {}, warn: note, error: note };
  const platform = createWoocommercePlatform({ fetch: globalThis.fetch, now: Date.now, createId: randomUUID });
  let current = secret;
  const secrets = {
    get: async (name: string) => (name === "secret" ? current : undefined),
    renew: async () => current,
  };
  const codes = new Map<string, { key: string; nonce: string; takenBy?: string }>();
  const registry: Pick<ShopRegistry, "find" | "findPairing" | "takePairing"> = {
    find: async () => undefined,
    async findPairing(_platform, id) {
      const code = codes.get(id);
      return code === undefined ? undefined : { shop: shopId, key: code.key, nonce: code.nonce };
    },
    async takePairing(_platform, id, nonce, shop) {
      const code = codes.get(id);
      if (code === undefined) return undefined;
      code.takenBy ??= nonce;
      if (code.takenBy === nonce) current = shop.secrets.secret ?? current;
      return code.takenBy;
    },
  };
  const adapter = (): HostedShopAdapter => platform.connect({ id: shopId, settings: { siteUrl: siteUrl() }, secrets });
  const keys = createWebhookKeys({ read: client.readWebhookKey, now: Date.now });
  const live = client.space(space);
  const toShop = () => ({ id: shopId, adapter: adapter(), live, test: null, keys, doublePayment: "resolve" as const });
  const core = createCore({
    store: createMemoryStore(),
    shops: { find: async () => toShop(), findBySpace: async () => toShop() },
    clock,
    createId: randomUUID,
    random: Math.random,
    logger,
    wake: () => worker.wake(),
  });
  const worker = createWorker({ core, clock, logger, spaces: () => [] });
  const stopping = new AbortController();
  const working = worker.run(stopping.signal);

  const commands: string[] = [];
  let newest: ShopCommand | undefined;
  const runCommand = async (request: Request): Promise<Response> => {
    const command = await adapter().readCommand(request, peer);
    commands.push(command.kind);
    newest = command;
    const result = await core.runCommand(shopId, command);
    return adapter().writeResult({ kind: command.kind, command, result } as Done);
  };
  const fetch = async (request: Request): Promise<Response> => {
    if (request.url.endsWith("/healthz")) return Response.json({ status: "alive" });
    if (request.url.endsWith("/webhooks")) return core.receiveWebhook(shopId, request);
    const answer = gateway.answer?.();
    if (answer === null) throw new Error("cut");
    if (answer !== undefined) return answer;
    try {
      const paired = await platform.handleLifecycle(request, peer, registry as ShopRegistry);
      if (paired !== undefined) return gateway.losesPairing ? new Response("", { status: 502 }) : paired;
      return await runCommand(request);
    } catch (error) {
      if (!isPaymentError(error)) throw error;
      return Response.json(toFault(error), {
        status: error.code === "badSignature" ? 401 : error.retryable ? 503 : 400,
      });
    }
  };
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve(`http://127.0.0.1:${port}`));
  const url = await promise;
  if (hears) {
    await setUpWebhooks({ space: live, url: `${url}/webhooks`, name: "Shop", signal: AbortSignal.timeout(60_000) });
  }
  const simulator = createSimulatorControl({ url: service.url });
  const gateway: TestGateway = {
    url,
    pairingCode: toPairingCode({ gatewayUrl: url, shopId, secret }),
    core,
    simulator,
    service: live,
    warnings,
    losesPairing: false,
    createCode() {
      const [id, key] = [randomUUID(), `whsec_${randomBytes(32).toString("base64")}`];
      codes.set(id, { key, nonce: randomBytes(32).toString("base64") });
      return toOneTimeCode({ gateway: url, platform: "woocommerce", id, key });
    },
    answer: undefined,
    commands,
    newest: () => newest,
    async buyer(action) {
      const all = await simulator.transactions();
      const newest = [...all].sort((one, other) => Number(one.id) - Number(other.id)).at(-1);
      if (newest === undefined) throw new Error("There is no transaction");
      await simulator.buyer(newest.id, action);
    },
    later(seconds) {
      ahead += seconds * 1000;
    },
    async settle(reference) {
      await core.look(shopId, reference as PaymentReference);
      await core.show(shopId, reference as PaymentReference);
    },
    async asked() {
      const requests = await simulator.requests();
      await simulator.forgetRequests();
      return requests.map(({ method, path }) => `${method} ${path.replace(/\d{4,}/g, "{id}").replace(/\?.*/, "")}`);
    },
    async close() {
      stopping.abort();
      await working;
      await new Promise((done) => server.close(done));
      await service.close();
    },
  };
  return gateway;
}
