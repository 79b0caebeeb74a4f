import { describe, expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";
import { secret } from "./testing.ts";

const needed = { GATEWAY_URL: "https://pay.example.ch", SHOP_ID: "demo", SHOP_SECRET: secret };

describe("readEnvironment", () => {
  it("needs the gateway, the shop's name and its secret, and nothing else", () => {
    const defaults = { PORT: null, HOST: "127.0.0.1", SHOP_URL: null, SHOP_ENVIRONMENT: "test" };
    expect(readEnvironment({ ...needed, SHOP_URL: "", HOME: "/root" })).toEqual({ ...needed, ...defaults });
    expect(readEnvironment({ ...needed, PORT: "0" }).PORT).toBe(0);
  });

  it("names every mistake in one go", () => {
    const read = () => readEnvironment({ PORT: "90000", SHOP_URL: "shop.example.ch", SHOP_ID: "my shop" });
    expect(read).toThrow(
      /PORT: .*\n {2}SHOP_URL: must be an http or https address\.\n {2}GATEWAY_URL is missing\.\n {2}SHOP_ID: must be/,
    );
    expect(read).toThrow(/SHOP_SECRET is missing\./);
  });

  it("says how to make a secret, and never repeats a wrong one", () => {
    const read = () => readEnvironment({ ...needed, SHOP_SECRET: "hunter2" });
    expect(read).toThrow(/openssl rand/);
    expect(read).not.toThrow(/hunter2/);
  });
});
