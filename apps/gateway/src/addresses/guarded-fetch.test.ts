import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type LookupFunction } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAddressGuard, RefusedAddressError } from "./guarded-fetch.ts";

let connections = 0;
const canary = createTcpServer((socket) => {
  connections += 1;
  socket.destroy();
});
let port = 0;
beforeAll(async () => {
  canary.listen(0, "127.0.0.1");
  await once(canary, "listening");
  port = (canary.address() as AddressInfo).port;
});
afterAll(() => void canary.close());

/** Every name leads where the test says. */
function leadTo(...addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return (_name, options, answer) =>
    options.all === true ? answer(null, all) : answer(null, all[0]?.address ?? "", all[0]?.family);
}

const hosts = [
  ..."127.0.0.1 127.1 127.0.1 0 0.0.0.0 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.255.255.254".split(
    " ",
  ),
  ..."localhost LOCALHOST localhost. 127.0.0.1. 1２7.0.0.1 ①②⑦.⓪.⓪.① 127。0。0。1 %31%32%37.0.0.1 0x7f.1 127.0x1".split(
    " ",
  ),
  ..."[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [64:ff9b::7f00:1]".split(
    " ",
  ),
  ..."[2002:7f00:1::] [2001::1] [fe80::1] [fc00::1] [fd00:ec2::254] [ff02::1] [100::1] [2001:db8::1] [3fff::1]".split(
    " ",
  ),
  ..."10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 198.18.0.1".split(" "),
  ..."192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 2852039166 0xa9fea9fe".split(
    " ",
  ),
];
const tricks = [
  ...hosts.map((host) => `https://${host}:PORT/`),
  "https://user@127.0.0.1:PORT/",
  "https://example.com@127.0.0.1:PORT/",
  "https://example.com:pass@127.0.0.1:PORT/",
  "https://127.0.0.1:PORT\\@example.com/",
  "https:\\\\127.0.0.1:PORT/",
  "https:127.0.0.1:PORT",
  "https:/127.0.0.1:PORT",
  "https:////127.0.0.1:PORT",
  "https://127.0.0.1:PORT/\r\nHost: example.com",
  "https://127.0.0.1:PORT/ HTTP/1.1",
  "https://exa\tmple.com:PORT/",
  " https://127.0.0.1:PORT/",
  "http://127.0.0.1:PORT/",
  "http://example.com:PORT/",
  "ftp://127.0.0.1:PORT/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:PORT/_x",
  "data:text/plain,x",
  "//127.0.0.1:PORT/",
  "127.0.0.1:PORT",
  "",
];

async function failureOf(work: Promise<Response>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (reason: Error) => reason,
  );
  return error instanceof TypeError && error.cause !== undefined ? error.cause : error;
}

describe("T4: an address that somebody entered leads to no private place", () => {
  it(`${tricks.length} tricks make no connection`, async () => {
    expect(tricks.length).toBeGreaterThan(60);
    const guarded = createAddressGuard({ allowPrivate: false, lookup: leadTo("127.0.0.1") }).fetch;
    for (const trick of tricks) {
      const error = await failureOf(guarded(trick.replaceAll("PORT", String(port)), { method: "POST", body: "x" }));
      expect(error, trick).toBeInstanceOf(RefusedAddressError);
    }
    expect(connections).toBe(0);
  });

  it.each([
    ["a private address", ["10.0.0.1"]],
    ["a cloud's metadata", ["169.254.169.254"]],
    ["one public and one private", ["198.41.0.4", "127.0.0.1"]],
    ["a private one of IPv6", ["::1"]],
    ["an IPv4 address in an IPv6 one", ["::ffff:127.0.0.1"]],
  ])("a name that leads to %s makes no connection", async (_what, addresses) => {
    const guarded = createAddressGuard({ allowPrivate: false, lookup: leadTo(...addresses) }).fetch;
    const error = await failureOf(guarded(`https://rebind.example:${port}/`));
    expect(error).toBeInstanceOf(RefusedAddressError);
    expect(String(error)).toContain("PRIVATE_ADDRESSES=allow");
    expect(connections).toBe(0);
  });

  it("a name is looked up once, so that what was checked is what is connected to", async () => {
    let lookups = 0;
    const rebinding: LookupFunction = (name, options, answer) => {
      lookups += 1;
      leadTo(lookups === 1 ? "10.0.0.1" : "127.0.0.1")(name, options, answer);
    };
    const guarded = createAddressGuard({ allowPrivate: false, lookup: rebinding }).fetch;
    expect(await failureOf(guarded(`https://rebind.example:${port}/`))).toBeInstanceOf(RefusedAddressError);
    expect([lookups, connections]).toEqual([1, 0]);
  });

  it("a redirect to a private place is not followed", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/latest/meta-data/` }).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const from = (server.address() as AddressInfo).port;
    const response = await createAddressGuard({ allowPrivate: true }).fetch(`http://127.0.0.1:${from}/`);
    expect(response.status).toBe(302);
    expect(connections).toBe(0);
    server.close();
  });

  it("by setting they are reached: the canary sings", async () => {
    const guarded = createAddressGuard({ allowPrivate: true, lookup: leadTo("127.0.0.1") }).fetch;
    await failureOf(guarded(`http://shop.internal:${port}/`));
    await failureOf(guarded(`http://127.0.0.1:${port}/`));
    expect(connections).toBe(2);
  });

  it.each(["https://1.1.1.1/", "https://hooks.example.ch/payments?x=1", "https://[2606:4700::1111]:8443/"])(
    "%s is an address that may be entered",
    (address) => expect(() => createAddressGuard({ allowPrivate: false }).check(address)).not.toThrow(),
  );
});
