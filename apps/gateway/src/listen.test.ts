import { connect } from "node:net";
import type { Peer } from "@checkout-plugins/core";
import { afterEach, describe, expect, it } from "vitest";
import { type Listening, type ListenSettings, listen } from "./listen.ts";

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(settings: Partial<ListenSettings> = {}): Promise<Listening> {
  const fetch = async () => new Response("ok");
  const listening = await listen({ fetch, host: "127.0.0.1", port: 0, ...settings });
  open.push(listening);
  return listening;
}

describe("listen", () => {
  it("says when the given port is taken, and what to do", async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken. Set PORT to a free one, or to 0 for any.`);
  });

  it("takes the next free port from 4001 on when none is given", async () => {
    const first = await start({ port: null });
    const second = await start({ port: null });
    expect(first.port).toBeGreaterThanOrEqual(4001);
    expect(second.port).toBeGreaterThan(first.port);
    expect(second.port).toBeLessThanOrEqual(4011);
  });

  it("tells who calls", async () => {
    const peers: Peer[] = [];
    const { port } = await start({
      fetch: async (_request, peer) => {
        peers.push(peer);
        return new Response();
      },
    });
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    expect(peers).toEqual([{ address: "127.0.0.1", certificate: null }]);
  });

  it("refuses headers beyond 8 KB", async () => {
    const { port } = await start();
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.end(`GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(8_200)}\r\n\r\n`),
      );
      let text = "";
      socket.on("data", (data) => {
        text += data;
      });
      socket.on("close", () => resolve(text));
      socket.on("error", () => undefined); // it is cut off after the answer, maybe before all was read
    });
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  it("keeps an idle connection for longer than any proxy, so that no request meets a closed door", async () => {
    const { port } = await start();
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    expect(headers.get("keep-alive")).toBe("timeout=130");
  });

  it("answers what is under way before it closes", async () => {
    const arrived = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<Response>();
    const listening = await listen({
      host: "127.0.0.1",
      port: 0,
      fetch: () => {
        arrived.resolve();
        return gate.promise;
      },
    });
    const answer = fetch(`http://127.0.0.1:${listening.port}/`);
    await arrived.promise;
    const closed = listening.close();
    gate.resolve(new Response("done"));
    expect(await (await answer).text()).toBe("done");
    await closed;
  });
});
