import { describe, expect, it } from "vitest";
import { createFuse } from "./fuse.ts";

describe("a fuse", () => {
  it("lets the call that burns it have its effect, and nothing go on after it", async () => {
    const fuse = createFuse(1);
    const effects: string[] = [];
    const call = (name: string) => fuse.through(async () => effects.push(name));
    const work = async () => {
      await call("first");
      await call("second");
      effects.push("went on");
    };
    void work();
    await fuse.burned;
    void call("third");
    expect(effects).toEqual(["first", "second"]);
  });

  it("burns in the middle of a call that waits for another one within it", async () => {
    const fuse = createFuse(0);
    const effects: string[] = [];
    void fuse.through(async () => {
      effects.push("begun");
      await fuse.through(async () => effects.push("asked back"));
      effects.push("ended");
    });
    await fuse.burned;
    expect(effects).toEqual(["begun"]);
  });

  it("does not burn while another call is being answered that waits for nobody", async () => {
    const fuse = createFuse(0);
    const answer = Promise.withResolvers<void>();
    const effects: string[] = [];
    void fuse.through(() => answer.promise.then(() => effects.push("answered")));
    void fuse.through(async () => effects.push("beside it"));
    answer.resolve();
    await fuse.burned;
    expect(effects).toEqual(["answered"]);
  });
});
