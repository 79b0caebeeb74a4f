import { type Client, createWebhookKeys, type SpaceClient, type WebhookKeys } from "@checkout-plugins/client";
import type {
  Environment,
  HostedPlatform,
  HostedShopAdapter,
  ShopCommand,
  ShopRecord,
  ShopTerms,
} from "@checkout-plugins/core";
import type { HostedShop, RegistryParts } from "./shops.ts";

/** A shop that is kept, ready to work. @throws PaymentError `notConfigured` that says what to mend. */
export async function buildShop(
  { store, createClient, now }: RegistryParts,
  platform: HostedPlatform,
  record: ShopRecord,
): Promise<HostedShop> {
  const { id, settings, terms } = record;
  const connect = async (environment: Environment): Promise<{ client: Client; space: SpaceClient } | null> => {
    const access = terms[environment];
    const authenticationKey = access === null ? null : await store.readKey(id, environment);
    if (access === null || authenticationKey === null) return null;
    const client = createClient({ userId: access.userId, authenticationKey });
    return { client, space: client.space(access.space) };
  };
  const [live, test] = await Promise.all([connect("live"), connect("test")]);
  const client = live?.client ?? test?.client;
  const adapter = platform.connect({ id, settings, secrets: store.secretsOf(id) });
  return {
    id,
    adapter: onTheseTerms(adapter, terms),
    live: live?.space ?? null,
    test: test?.space ?? null,
    keys: client === undefined ? noKeys : createWebhookKeys({ read: client.readWebhookKey, now }),
    doublePayment: terms.doublePayment,
    record,
  };
}

/** Of a shop without a space, to which nobody sends webhooks. */
const noKeys: WebhookKeys = { find: async () => ({ kind: "unknown" }) };

function onTheseTerms(adapter: HostedShopAdapter, terms: ShopTerms): HostedShopAdapter {
  return {
    ...adapter,
    readCommand: async (request, peer) => toAgreed(await adapter.readCommand(request, peer), terms),
  };
}

/**
 * A shop that is switched to test pays with test money only, whatever it asks; what it leaves open is its owner's choice.
 * What is as agreed stays the same object, by which an adapter may know it.
 */
export function toAgreed(command: ShopCommand, { environment, completion, integration }: ShopTerms): ShopCommand {
  const changes = {
    ...("test" in command && !command.test && environment === "test" && { test: true }),
    ...("completion" in command && command.completion === "configured" && { completion }),
    ...("integration" in command && command.integration === "configured" && { integration }),
  };
  return Object.keys(changes).length === 0 ? command : ({ ...command, ...changes } as ShopCommand);
}
