import type { Service } from "../service/service.ts";
import type { World } from "../service/world.ts";
import type { SigningKey } from "../webhooks/signing-key.ts";
import { createCompletionOperations } from "./completion-operations.ts";
import type { Operation } from "./operation.ts";
import { createPaymentOperations } from "./payment-operations.ts";
import { createRefundOperations } from "./refund-operations.ts";
import { createSpaceOperations } from "./space-operations.ts";
import { createTerminalOperations } from "./terminal-operations.ts";
import { createTokenOperations } from "./token-operations.ts";
import { createTransactionOperations } from "./transaction-operations.ts";
import { createWebhookOperations } from "./webhook-operations.ts";

/** All that the simulator has of the web service. */
export function createOperations(world: World, service: Service, key: SigningKey): readonly Operation[] {
  return [
    ...createTransactionOperations(world, service.transactions, service.buyer),
    ...createCompletionOperations(world, service),
    ...createRefundOperations(world, service),
    ...createTokenOperations(world, service),
    ...createPaymentOperations(world, service),
    ...createTerminalOperations(world, service),
    ...createWebhookOperations(world, key),
    ...createSpaceOperations(world),
  ];
}
