import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const children: ChildProcess[] = [];
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** The gateway as its own process, told to find a free port. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: "0", DATABASE_FILE: join(folder, "gateway.sqlite"), ...environment },
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
  it("needs nothing to be set: makes its file and its key, and prints where to sign in, and with what", async () => {
    const { child, output, errors, ended } = start({});
    const [message] = (await once(child, "message")) as [{ ready: boolean; url: string }];
    const files = await readdir(folder);
    expect(files).toEqual(expect.arrayContaining(["checkout-plugins.key", "gateway.sqlite"]));
    expect((await stat(join(folder, "checkout-plugins.key"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "gateway.sqlite"))).mode & 0o777).toBe(0o600);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    const said = await output;
    const code = /Open (\S+)\/manage and sign in with this code, once: ([A-Z2-9]{4}(?:-[A-Z2-9]{4}){2})\n$/.exec(said);
    expect(code?.[1]).toBe(message.url);
    expect(await errors).not.toContain(code?.[2]);
  });

  it("says what is missing of a shop, and ends with 1", async () => {
    const { ended, errors } = start({ SHOP_ID: "my-shop" });
    expect(await ended).toEqual([1, null]);
    expect(await errors).toMatch(/^The gateway cannot start\. Set these environment variables:\n {2}\w+ is missing/);
  });

  it("keeps payments in one file that one process holds, and starts again on it after it was killed", async () => {
    const environment = {
      SERVICE_URL: `http://127.0.0.1:${await closedPort()}`,
      TEST_SPACE_ID: "70002",
      APPLICATION_USER_ID: "12345",
      AUTHENTICATION_KEY: key,
      SHOP_ID: "demo",
      SHOP_SECRET: secret,
      SHOP_SHOW_URL: "http://localhost:4002/payments/show",
      PRIVATE_ADDRESSES: "allow",
    };
    const first = start(environment);
    await once(first.child, "message");
    const store = await readFile(join(folder, "gateway.sqlite"));
    expect(store.subarray(0, 15).toString()).toBe("SQLite format 3");
    const second = start(environment);
    expect(await second.ended).toEqual([1, null]);
    expect(await second.errors).toContain(join(folder, "gateway.sqlite"));
    first.child.kill("SIGKILL");
    await first.ended;
    const [message] = (await once(start(environment).child, "message")) as [{ ready: boolean }];
    expect(message.ready).toBe(true);
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
      PRIVATE_ADDRESSES: "allow",
    });
    const [message] = (await once(child, "message")) as [{ ready: boolean; url: string }];
    expect(message).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/localhost:\d+$/) });
    expect(await (await fetch(`${message.url}/readyz`)).json()).toEqual({ status: "ready", notConnected: 1 });
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(await output).toMatch(
      new RegExp(`^ready ${message.url}\nOpen ${message.url}/manage and sign in with this code`),
    );
    const said = await errors;
    expect(said).toContain('"event":"space not connected, trying again"');
    expect(said).toContain("Space 70002: ");
    expect(said).toContain('"event":"stopped"');
    expect(said).not.toContain(key);
    expect(said).not.toContain(secret);
  });
});
