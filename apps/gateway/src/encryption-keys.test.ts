import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isEncryptionKey, keepEncryptionKeys } from "./encryption-keys.ts";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "keys-"));
  file = join(folder, "checkout-plugins.key");
});
afterEach(() => rm(folder, { recursive: true }));

describe("keepEncryptionKeys", () => {
  it("makes one key, once, that only its owner may read", async () => {
    const [key, ...others] = await keepEncryptionKeys(file, randomBytes);
    expect([key?.length, others]).toEqual([32, []]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await chmod(file, 0o644);
    expect(await keepEncryptionKeys(file, randomBytes)).toEqual([key]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("is made once by two who start at the same time", async () => {
    const made = await Promise.all([keepEncryptionKeys(file, randomBytes), keepEncryptionKeys(file, randomBytes)]);
    expect(made[0]).toEqual(made[1]);
  });

  it("takes more lines, newest first, and refuses what is no key", async () => {
    await keepEncryptionKeys(file, randomBytes);
    const old = (await readFile(file, "utf8")).trim();
    const next = randomBytes(32).toString("base64");
    await writeFile(file, `${next}\n\n${old}\n`);
    expect((await keepEncryptionKeys(file, randomBytes)).map((key) => Buffer.from(key).toString("base64"))).toEqual([
      next,
      old,
    ]);
    for (const bad of ["", `${old}\nkey`]) {
      await writeFile(file, bad);
      await expect(keepEncryptionKeys(file, randomBytes)).rejects.toThrow(`${file} must hold encryption keys`);
    }
  });
});

describe("isEncryptionKey", () => {
  it.each([
    [randomBytes(32).toString("base64"), true],
    [randomBytes(31).toString("base64"), false],
    [randomBytes(32).toString("base64url"), false],
    ["", false],
  ])("%s: %s", (text, is) => {
    expect(isEncryptionKey(text) && !/[-_]/.test(text)).toBe(is);
  });
});
