import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { signMessage } from "@checkout-plugins/shop-protocol";
import { startOwnPostgres } from "@checkout-plugins/tooling/postgres";
import { afterEach, expect, it } from "vitest";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const main = fileURLToPath(new URL("main.ts", import.meta.url));

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Upstream {
  readonly port: number;
  readonly agent: Agent;
  isReady: boolean;
  child: ChildProcess;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function send(upstream: Pick<Upstream, "port" | "agent">, path: string, body: string | null): Promise<Answer> {
  const headers =
    body === null
      ? {}
      : { ...signMessage({ id: `msg_${crypto.randomUUID()}`, now: Date.now(), body, secrets: [secret] }) };
  const method = body === null ? "GET" : "POST";
  return new Promise((resolve, reject) => {
    const sent = request({ port: upstream.port, agent: upstream.agent, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (data) => {
        text += data;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}

/** On this port, or on any for 0. */
async function startGateway(connectionString: string, port: number): Promise<Pick<Upstream, "child" | "port">> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: connectionString,
      SERVICE_URL: "http://127.0.0.1:9",
      TEST_SPACE_ID: "70002",
      APPLICATION_USER_ID: "12345",
      AUTHENTICATION_KEY: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
      SHOP_ID: "demo",
      SHOP_SECRET: secret,
      SHOP_SHOW_URL: "http://localhost:9/show",
      PRIVATE_ADDRESSES: "allow",
      LOG_LEVEL: "error",
      // Long enough that the proxy sees 503 before the door closes, however slow this machine is.
      DRAIN_SECONDS: "3",
    },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = once(child, "exit").then(() => Promise.reject(new Error("The gateway ended at its start")));
  const [{ url }] = (await Promise.race([once(child, "message"), ended])) as [{ readonly url: string }];
  return { child, port: Number(new URL(url).port) };
}

/** As a proxy does: asks who is ready, sends in turn, and elsewhere what could not even be connected. */
function createProxy(upstreams: readonly Upstream[]) {
  let turn = 0;
  return async (path: string, body: string): Promise<Answer> => {
    const ready = upstreams.filter(({ isReady }) => isReady);
    for (let tried = 0; tried < ready.length; tried += 1) {
      turn += 1;
      const upstream = ready[turn % ready.length] as Upstream;
      try {
        return await send(upstream, path, body);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ECONNREFUSED") throw error;
        upstream.isReady = false;
      }
    }
    throw new Error("No gateway is ready");
  };
}

it("a rolling restart of two gateways fails no request", async ({ skip }) => {
  const postgres = await startOwnPostgres();
  if ("missing" in postgres) return skip(postgres.missing);
  ends.push(() => postgres.stop());
  const upstreams: Upstream[] = [];
  for (const _ of [1, 2]) {
    const started = await startGateway(postgres.connectionString, 0);
    const upstream: Upstream = { ...started, agent: new Agent({ keepAlive: true }), isReady: true };
    upstreams.push(upstream);
    ends.push(async () => upstream.child.kill("SIGKILL"));
  }
  const proxy = createProxy(upstreams);
  const failures: string[] = [];
  let [isOver, answered, pings] = [false, 0, 0];
  const load = async (): Promise<void> => {
    while (!isOver) {
      const answer = await proxy("/shops/demo/commands", '{"kind":"return","reference":"order-1"}').catch(String);
      if (typeof answer === "object" && answer.status === 200) answered += 1;
      else failures.push(JSON.stringify(answer));
    }
  };
  const watch = async (upstream: Upstream): Promise<void> => {
    const agent = new Agent({ keepAlive: false });
    while (!isOver) {
      const answer = await send({ port: upstream.port, agent }, "/readyz", null).catch(() => null);
      upstream.isReady = answer?.status === 200;
      pings += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const working = [...upstreams.map(watch), load(), load(), load(), load()];
  for (const upstream of upstreams) {
    const before = answered;
    while (answered < before + 50) await new Promise((resolve) => setImmediate(resolve));
    upstream.child.kill("SIGTERM");
    expect(await once(upstream.child, "exit")).toEqual([0, null]);
    upstream.child = (await startGateway(postgres.connectionString, upstream.port)).child;
    while (!upstream.isReady) await new Promise((resolve) => setImmediate(resolve));
  }
  isOver = true;
  await Promise.all(working);
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(100);
  expect(pings).toBeGreaterThan(10);
});
