import { runAdopt } from "./adopt.ts";
import { runCharge } from "./charge.ts";
import type { CommandResult, ShopCommand, ShopId } from "./contract/index.ts";
import { runDocument } from "./document.ts";
import { runFinalBalance, runFinalBalanceSlip, runFinalBalances } from "./final-balance.ts";
import { runMethods } from "./methods.ts";
import { runReturn } from "./return.ts";
import { startPayment } from "./start.ts";
import { runForget, runStored } from "./stored-means.ts";
import type { TerminalParts } from "./terminal-parts.ts";
import { runTerminal } from "./terminal-payment.ts";
import { runTerminalStop } from "./terminal-stop.ts";
import { runTerminalReceipts, runTerminals } from "./terminals.ts";
import { runUpdate } from "./update.ts";
import { runWrite } from "./write-command.ts";

/** Runs one command of a shop. Looks, but never shows: a platform may call this while it holds its own lock. */
export async function runCommand(
  parts: TerminalParts,
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
    case "terminals":
      return runTerminals(parts, shop, command, signal);
    case "terminal":
      return runTerminal(parts, shop, command, signal);
    case "terminalStop":
      return runTerminalStop(parts, shop, command, signal);
    case "terminalReceipts":
      return runTerminalReceipts(parts, shop, command, signal);
    case "finalBalance":
      return runFinalBalance(parts, shop, command, signal);
    case "finalBalances":
      return runFinalBalances(parts, shop, command, signal);
    case "finalBalanceSlip":
      return runFinalBalanceSlip(parts, shop, command, signal);
  }
}
