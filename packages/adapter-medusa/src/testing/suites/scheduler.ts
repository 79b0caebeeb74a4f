import { expect, it, vi } from "vitest";
import type { Bench } from "../bench.ts";

export function testScheduler(bench: Bench): void {
  it("Medusa's own scheduler runs our job", async () => {
    const { settle } = await bench.runtime();
    await vi.waitFor(() => expect(settle).toHaveBeenCalled(), { timeout: 20_000, interval: 250 });
  });
}
