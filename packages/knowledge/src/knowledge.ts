import type { Entry } from "./entry.ts";
import { accountTopics } from "./topics/account.ts";
import { integrationTopics } from "./topics/integration.ts";
import { partnerTopics } from "./topics/partners.ts";
import { planTopics } from "./topics/plan.ts";
import { productTopics } from "./topics/products.ts";
import { serviceTopics } from "./topics/service.ts";
import { shopSystemTopics } from "./topics/shop-systems.ts";
import { terminalOperationTopics } from "./topics/terminal-operation.ts";
import { terminalTopics } from "./topics/terminals.ts";

/** All entries, in the order in which an owner meets the questions. */
export const knowledge: readonly Entry[] = [
  ...productTopics,
  ...planTopics,
  ...accountTopics,
  ...partnerTopics,
  ...shopSystemTopics,
  ...integrationTopics,
  ...terminalTopics,
  ...terminalOperationTopics,
  ...serviceTopics,
];

/** The entry with this id; undefined when there is none. */
export function findTopic(id: string): Entry | undefined {
  return knowledge.find((entry) => entry.id === id);
}
