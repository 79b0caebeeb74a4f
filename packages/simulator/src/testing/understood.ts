import type * as sdk from "postfinancecheckout";
import { expect } from "vitest";

/** The service of the SDK; each JSON answer has to be understood by its model to the last property. */
export function understood<Service extends object>(service: Service): Service {
  return new Proxy(service, {
    get(target, name) {
      const raw: unknown = Reflect.get(target, `${String(name)}Raw`, target);
      if (typeof raw !== "function") return Reflect.get(target, name, target);
      return async (...given: readonly unknown[]) => {
        const response: sdk.ApiResponse<unknown> = await Reflect.apply(raw, target, given);
        const isJson = response.raw.headers.get("content-type")?.includes("json") === true;
        const wire: unknown = isJson ? await response.raw.clone().json() : undefined;
        const model = await response.value();
        expect(isJson ? misunderstood(wire, model) : [], `answer to ${String(name)}`).toEqual([]);
        return model;
      };
    },
  });
}

/** Where the model lost or bent what came over the wire: unknown properties, dates that are none. */
export function misunderstood(wire: unknown, model: unknown, at = "$"): readonly string[] {
  if (wire === null) return model === null || model === undefined ? [] : [at];
  if (model instanceof Date) return typeof wire === "string" && Date.parse(wire) === model.getTime() ? [] : [at];
  if (Array.isArray(wire)) {
    const items = model instanceof Set ? [...model] : model;
    if (!Array.isArray(items) || items.length !== wire.length) return [at];
    return wire.flatMap((item, index) => misunderstood(item, items[index], `${at}[${index}]`));
  }
  if (!isObject(wire)) return Object.is(wire, model) ? [] : [at];
  if (!isObject(model)) return [at];
  return Object.entries(wire).flatMap(([name, value]) =>
    name in model ? misunderstood(value, model[name], `${at}.${name}`) : [`${at}.${name}`],
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
