import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The gateway as its own process, told to find a free port. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  children.push(child);
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("no pipes");
  return { child, output: text(stdout), errors: text(stderr), ended: once(child, "exit") };
}

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("the process", () => {
  it("says what is missing, and ends with 1", async () => {
    const { ended, errors } = start({});
    expect(await ended).toEqual([1, null]);
    expect(await errors).toMatch(/^The gateway cannot start\. Set these environment variables:\n {2}\w+ is missing/);
  });

  it("is ready although the service is away, says so, and drains on SIGTERM", async () => {
    const { child, output, errors, ended } = start({
      SERVICE_URL: `http://127.0.0.1:${await closedPort()}`,
      TEST_SPACE_ID: "70002",
      APPLICATION_USER_ID: "12345",
      AUTHENTICATION_KEY: key,
      SHOP_ID: "demo",
      SHOP_SECRET: secret,
      SHOP_SHOW_URL: "http://localhost:4002/payments/show",
    });
    const [message] = (await once(child, "message")) as [{ ready: boolean; url: string }];
    expect(message).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/localhost:\d+$/) });
    expect(await (await fetch(`${message.url}/readyz`)).json()).toEqual({ status: "ready", notConnected: 1 });
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(await output).toBe(`ready ${message.url}\n`);
    const said = await errors;
    expect(said).toContain('"event":"space not connected, trying again"');
    expect(said).toContain("Space 70002: ");
    expect(said).toContain('"event":"stopped"');
    expect(said).not.toContain(key);
    expect(said).not.toContain(secret);
  });
});
