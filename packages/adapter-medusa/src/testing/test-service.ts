import {
  createClient,
  type ServiceId,
  type SpaceClient,
  type SpaceId,
  type WebhookListenerCreate,
  webhookEntities,
} from "@checkout-plugins/client";
import {
  createSimulator,
  createSimulatorControl,
  exampleKey,
  type SimulatorControl,
} from "@checkout-plugins/simulator";

export interface TestService {
  readonly url: string;
  readonly control: SimulatorControl;
  space(id: string): SpaceClient;
  /** Requests that change something, since the last `forgetRequests`. */
  writes(): Promise<readonly string[]>;
  reads(): Promise<readonly string[]>;
  /** Webhooks of all that this adapter listens to, to this address, until the returned function is called. */
  sendWebhooks(space: string, url: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export async function startService(): Promise<TestService> {
  const { url, close } = await createSimulator().listen(0);
  const control = createSimulatorControl({ url });
  const client = createClient({
    baseUrl: url,
    userId: "12345",
    authenticationKey: exampleKey,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  const list = async (isChosen: (method: string) => boolean): Promise<readonly string[]> =>
    (await control.requests())
      .filter(({ method, path }) => isChosen(method) && !path.startsWith("/webhooks"))
      .map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  return {
    url,
    control,
    space: (id) => client.space(id as SpaceId),
    writes: () => list((method) => method !== "GET"),
    reads: () => list((method) => method === "GET"),
    async sendWebhooks(id, target) {
      const space = client.space(id as SpaceId);
      const known = await space.createWebhookUrl({ name: "Medusa", url: target, state: "ACTIVE" });
      const listeners: ServiceId[] = [];
      for (const name of ["Transaction", "TransactionCompletion", "TransactionVoid", "Refund"] as const) {
        const listener = {
          name,
          entity: webhookEntities[name],
          notifyEveryChange: true,
          state: "ACTIVE",
          url: known.id,
        };
        const { id } = await space.createWebhookListener({ ...listener, entityStates: [] } as WebhookListenerCreate);
        listeners.push(id);
      }
      return async () => {
        for (const id of listeners) await space.deleteWebhookListener(id);
        await space.deleteWebhookUrl(known.id);
      };
    },
    close,
  };
}
