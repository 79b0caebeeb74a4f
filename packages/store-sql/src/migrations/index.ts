import type { Migration } from "../migrate.ts";
import { first } from "./0001-first.ts";
import { notices } from "./0002-notices.ts";
import { shops } from "./0003-shops.ts";
import { pairings } from "./0004-pairings.ts";
import { upkeep } from "./0005-upkeep.ts";
import { answers } from "./0006-answers.ts";

/**
 * Only ever added to. The version before must still work when one has run: add tables, columns with a default and
 * indexes; remove what no supported version reads, and then raise `needs`.
 */
export const migrations: readonly Migration[] = [first, notices, shops, pairings, upkeep, answers];
