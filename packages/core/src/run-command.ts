import { runAdopt } from "./adopt.ts";
import { runCharge } from "./charge.ts";
import type { CommandResult, CoreParts, ShopCommand, ShopId } from "./contract/index.ts";
import { runDocument } from "./document.ts";
import { runMethods } from "./methods.ts";
import { runReturn } from "./return.ts";
import { startPayment } from "./start.ts";
import { runForget, runStored } from "./stored-means.ts";
import { runUpdate } from "./update.ts";
import { runWrite } from "./write-command.ts";

/** Runs one command of a shop. Looks, but never shows: a platform may call this while it holds its own lock. */
export async function runCommand(
  parts: CoreParts,
  shop: ShopId,
  command: ShopCommand,
  signal?: AbortSignal,
): Promise<CommandResult> {
  switch (command.kind) {
    case "start":
      return startPayment(parts, shop, command, signal);
    case "update":
      return runUpdate(parts, shop, command, signal);
    case "methods":
      return runMethods(parts, shop, command, signal);
    case "charge":
      return runCharge(parts, shop, command, signal);
    case "complete":
    case "void":
    case "refund":
    case "review":
      return runWrite(parts, shop, command, signal);
    case "document":
      return runDocument(parts, shop, command, signal);
    case "stored":
      return runStored(parts, shop, command, signal);
    case "forget":
      return runForget(parts, shop, command, signal);
    case "adopt":
      return runAdopt(parts, shop, command, signal);
    case "return":
      return runReturn(parts, shop, command, signal);
  }
}
