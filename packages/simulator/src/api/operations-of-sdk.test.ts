import * as sdk from "postfinancecheckout";
import { expect, it } from "vitest";
import { createService } from "../service/service.ts";
import { createIds, type World } from "../service/world.ts";
import { exampleKey } from "../settings.ts";
import { createState } from "../state/state.ts";
import { start } from "../testing/shop.ts";
import { createAgenda } from "../time/agenda.ts";
import { createVirtualClock } from "../time/clock.ts";
import { createSeededRandom } from "../values/random.ts";
import { createSigningKey } from "../webhooks/signing-key.ts";
import { createOperations } from "./operations.ts";

const line = (method: string, path: string, inSpace: boolean, takesBody: boolean) =>
  `${method} ${path}${inSpace ? ", in a space" : ""}${takesBody ? ", with a body" : ""}`;

function simulatedOperations(): readonly string[] {
  const random = createSeededRandom("operations");
  const world: World = {
    state: createState(),
    random,
    agenda: createAgenda(createVirtualClock(start), (error) => expect.fail(String(error))),
    newId: createIds("900001"),
    announce: () => undefined,
  };
  return createOperations(world, createService(world), createSigningKey(random)).map(
    ({ method, path, run, takesBody }) => line(method, path, run.context === "space", takesBody),
  );
}

/** What each method of each service of the SDK is about to send, by the signature it asks for. */
async function officialOperations(): Promise<ReadonlySet<string>> {
  const lines = new Set<string>();
  const recorded = new Error("recorded");
  const httpBearerAuth = new sdk.HttpBearerAuth(12345, exampleKey);
  httpBearerAuth.applyToRequest = async (path, method, _query, headers) => {
    lines.add(line(method, decodeURIComponent(path), "Space" in headers, "Content-Type" in headers));
    throw recorded;
  };
  const configuration = new sdk.Configuration({ httpBearerAuth });
  const parameters = new Proxy(
    {},
    { get: (_, name) => (String(name).endsWith("Date") ? new Date(start) : `:${String(name)}`) },
  );
  for (const Service of Object.values(sdk)) {
    if (typeof Service !== "function" || !(Service.prototype instanceof sdk.BaseAPI)) continue;
    const service: object = Reflect.construct(Service, [configuration]);
    for (const name of Object.getOwnPropertyNames(Service.prototype).filter((one) => one.endsWith("Raw"))) {
      const call: unknown = Reflect.get(service, name);
      if (typeof call !== "function") throw new TypeError(`${Service.name}.${name} is no method`);
      await expect(Reflect.apply(call, service, [parameters]), name).rejects.toBe(recorded);
    }
  }
  return lines;
}

it("has no operation that the official SDK has not: method, path, space and body are the same", async () => {
  const official = await officialOperations();
  const simulated = simulatedOperations();
  expect(simulated.filter((one) => !official.has(one))).toEqual([]);
  expect(new Set(simulated).size).toBe(simulated.length);
  expect(official.size).toBeGreaterThan(simulated.length);
});
