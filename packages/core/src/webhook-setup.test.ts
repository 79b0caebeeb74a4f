import { createClient, type SpaceClient, type SpaceId, toServiceId, webhookEntities } from "@checkout-plugins/client";
import { createSimulator, createVirtualClock, exampleKey, type Switches } from "@checkout-plugins/simulator";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { setUpWebhooks, watched } from "./webhook-setup.ts";

const url = "https://pay.example.ch/shops/demo/webhooks";
const { signal } = new AbortController();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A space of a simulator of its own. */
async function open(switches?: Partial<Switches>): Promise<{ readonly space: SpaceClient }> {
  const clock = createVirtualClock(Date.UTC(2026, 1, 3, 9));
  const simulator = createSimulator({ clock, now: clock.now });
  const listening = await simulator.listen(0);
  ends.push(listening.close);
  if (switches !== undefined) {
    const answer = await fetch(`${listening.url}/_simulator/spaces/70001`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ switches }),
    });
    expect(answer.status).toBe(200);
  }
  const client = createClient({
    baseUrl: listening.url,
    userId: "12345",
    authenticationKey: exampleKey,
    now: clock.now,
    random: () => 0.5,
    sleep: async () => undefined,
    retries: 0,
  });
  return { space: client.space("70001" as SpaceId) };
}

const setUp = (space: SpaceClient) => setUpWebhooks({ space, url, name: "Checkout Plugins demo", signal });

describe("setUpWebhooks", () => {
  it("makes one signed listener for each entity, and no second one", async () => {
    const { space } = await open();
    await setUp(space);
    await setUp(space);
    const [webhookUrl, ...otherUrls] = await space.listWebhookUrls();
    expect([webhookUrl, otherUrls]).toMatchObject([{ name: "Checkout Plugins demo", url, state: "ACTIVE" }, []]);
    expect(await space.listWebhookListeners()).toMatchObject(
      watched.map(({ entity, states }) => ({
        entity,
        entityStates: states,
        state: "ACTIVE",
        url: webhookUrl?.id,
        enablePayloadSignatureAndState: true,
      })),
    );
  });

  it("makes one, however many set it up at the same time", async () => {
    let races = 0;
    const interleaving = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { space } = await open();
      let created = 0;
      const inTurns = new Proxy(space, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== "function") return member;
          return scheduler.scheduleFunction(async (...given: unknown[]) => {
            const answer: unknown = await Reflect.apply(member, target, given);
            if (name === "createWebhookUrl") created += 1;
            return answer;
          });
        },
      });
      // What fails is tried again, as the gateway does.
      const persist = async (): Promise<void> => {
        for (let tried = 1; ; tried += 1) {
          const error = await setUp(inTurns).catch((reason: unknown) => reason);
          if (error === undefined) return;
          if (tried === 5) throw error;
        }
      };
      await scheduler.waitFor(Promise.all([persist(), persist(), persist()]));
      const urls = (await space.listWebhookUrls()).filter(({ state }) => state === "ACTIVE");
      expect(urls).toMatchObject([{ url }]);
      const listeners = (await space.listWebhookListeners()).filter(({ state }) => state === "ACTIVE");
      expect(listeners.map(({ entity }) => entity).toSorted()).toEqual(watched.map(({ entity }) => entity).toSorted());
      expect(new Set(listeners.map((one) => one.url))).toEqual(new Set([urls[0]?.id]));
      if (created > 1) races += 1;
    });
    await fc.assert(interleaving, { numRuns: 25, endOnFailure: true });
    expect(races).toBeGreaterThan(0);
  });

  it("mends what was switched off or lacks a state, and leaves what is others'", async () => {
    const { space } = await open();
    const other = await space.createWebhookUrl({ name: "ERP", url: "https://erp.example.ch/hook", state: "ACTIVE" });
    const ours = await space.createWebhookUrl({ name: "Ours", url, state: "INACTIVE" });
    const listener = { name: "L", entity: webhookEntities.Transaction, notifyEveryChange: false } as const;
    await space.createWebhookListener({ ...listener, entityStates: ["FULFILL"], state: "ACTIVE", url: other.id });
    await space.createWebhookListener({ ...listener, entityStates: ["FULFILL"], state: "INACTIVE", url: ours.id });
    await setUp(space);
    expect(await space.listWebhookUrls()).toMatchObject([
      { id: other.id, state: "ACTIVE" },
      { id: ours.id, state: "ACTIVE" },
    ]);
    const listeners = await space.listWebhookListeners();
    expect(listeners.filter(({ entity }) => entity === webhookEntities.Transaction)).toMatchObject([
      { url: other.id, entityStates: ["FULFILL"] },
      { url: ours.id, entityStates: watched[0]?.states, state: "ACTIVE" },
    ]);
    expect(listeners.filter((one) => one.url === ours.id)).toHaveLength(watched.length);
  });

  it("removes what led to an old address of ours, and nothing else", async () => {
    const { space } = await open();
    const old = "https://old.example.ch/shops/demo/webhooks";
    await setUpWebhooks({ space, url: old, name: "Checkout Plugins demo", signal });
    const other = await space.createWebhookUrl({ name: "ERP", url: "https://erp.example.ch/hook", state: "ACTIVE" });
    const isOld = (one: string) => new URL(one).pathname === new URL(url).pathname;
    await setUpWebhooks({ space, url, name: "Checkout Plugins demo", signal, isOld });
    const urls = (await space.listWebhookUrls()).filter(({ state }) => state === "ACTIVE");
    expect(urls.map((one) => one.url).toSorted()).toEqual([other.url, url].toSorted());
    const active = (await space.listWebhookListeners()).filter(({ state }) => state === "ACTIVE");
    expect(new Set(active.map((one) => one.url))).toEqual(new Set([urls.find((one) => one.url === url)?.id]));
    expect(active).toHaveLength(watched.length);
  });

  it("makes a new one where the old one was deleted", async () => {
    const { space } = await open();
    await setUp(space);
    const [listener] = await space.listWebhookListeners();
    await space.deleteWebhookListener(listener?.id ?? toServiceId(1));
    await setUp(space);
    const ofPayments = (await space.listWebhookListeners()).filter(({ entity }) => entity === listener?.entity);
    expect(ofPayments.map(({ state }) => state).toSorted()).toEqual(["ACTIVE", "DELETED"]);
  });

  it("says where to switch the signature on when the listener does not sign", async () => {
    const { space } = await open({ webhookSignature: "unsigned" });
    await expect(setUp(space)).rejects.toThrow(
      /"Checkout Plugins demo payments" \(\d+\) sends webhooks without a signature.*Webhook listeners of space 70001 and switch on its payload signature/,
    );
  });
});
