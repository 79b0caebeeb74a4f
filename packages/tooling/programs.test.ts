import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { startProgram } from "./programs.ts";

const run = promisify(execFile);

function plan(file: string) {
  return {
    name: "the shop",
    file: join(import.meta.dirname, "__fixtures__/programs", file),
    environment: { GREETING: "Grüezi" },
  };
}

describe("startProgram", () => {
  test("waits until the program is ready, gives it its environment, and ends it", async () => {
    const lines: string[] = [];
    const program = await startProgram(plan("serves.ts"), { onLine: (line) => lines.push(line) });
    expect(await (await fetch(program.url)).text()).toBe("Grüezi");
    expect(lines).toEqual(["listening"]);
    await program.stop();
    await program.stop();
    await expect(fetch(program.url)).rejects.toThrow();
  });

  test("says how a program ended before it was ready, with its last lines", async () => {
    await expect(startProgram(plan("dies.ts"))).rejects.toThrow(
      "the shop ended with exit code 3. Its last lines:\n    SHOP_SECRET is missing",
    );
  });

  test("does not wait for ever", async () => {
    await expect(startProgram(plan("never-ready.ts"), { readyWithin: 1 })).rejects.toThrow(
      "the shop was not ready after 0.001 s",
    );
  });

  test("tells when a program that was ready dies", async () => {
    const program = await startProgram(plan("dies-later.ts"));
    expect(await program.died).toBe("the shop ended with exit code 4. Its last lines:\n    the disk is full");
  });

  test("a program does not outlive a parent that was killed", async () => {
    const parent = run(process.execPath, [plan("parent.ts").file]);
    const url = await parent.then(String, (error: { stdout: string }) => error.stdout);
    expect(url).toMatch(/^http/);
    await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 20_000, interval: 100 });
  });
});
