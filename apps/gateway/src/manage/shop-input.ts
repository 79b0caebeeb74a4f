import { isServiceId, toSpaceId } from "@checkout-plugins/client";
import type { Environment, ShopTerms, SpaceAccess } from "@checkout-plugins/core";
import { z } from "zod";

export const environments = ["test", "live"] as const;

/** The texts in the form, as they were typed: shown again when something is wrong. */
export type ShopForm = Readonly<Record<ShopField, string>>;

export const shopFields = [
  "name",
  "platform",
  "testSpace",
  "testUser",
  "testKey",
  "liveSpace",
  "liveUser",
  "liveKey",
  "integration",
  "completion",
  "doublePayment",
] as const;
export type ShopField = (typeof shopFields)[number];

/** What is wrong with a field, of which each language has a sentence. */
export type FieldFault =
  | "missing"
  | "number"
  | "key"
  | "pattern"
  | "exists"
  | "sameSpace"
  | "noSpace"
  // what the service said
  | "credentials"
  | "clock"
  | "permission"
  | "spaceNotFound"
  | "spaceInactive"
  | "unreachable"
  | "refused";
export type FieldFaults = Readonly<Partial<Record<ShopField, FieldFault>>>;

export interface ShopInput {
  readonly platform: string;
  readonly terms: Omit<ShopTerms, "environment">;
  /** Those that were typed anew. */
  readonly keys: Readonly<Partial<Record<Environment, string | null>>>;
}

const choices = z.object({
  integration: z.enum(["page", "lightbox", "iframe"]).catch("page"),
  completion: z.enum(["immediate", "deferred", "configured"]).catch("configured"),
  doublePayment: z.enum(["resolve", "tell"]).catch("resolve"),
});

export function toShopForm(data: Readonly<Record<string, unknown>>): ShopForm {
  const toText = (value: unknown): string => (typeof value === "string" ? value.trim().slice(0, 500) : "");
  return Object.fromEntries(shopFields.map((field) => [field, toText(data[field])])) as ShopForm;
}

/**
 * Reads the form; does not ask the service. `hasKey`: a key is kept already and an empty field leaves it.
 */
export function readShopForm(
  form: ShopForm,
  platforms: readonly string[],
  hasKey: (environment: Environment) => boolean,
): { readonly input: ShopInput } | { readonly faults: FieldFaults } {
  const faults: Partial<Record<ShopField, FieldFault>> = {};
  if (form.name === "") faults.name = "missing";
  if (!platforms.includes(form.platform)) faults.platform = "missing";
  const [test, live] = environments.map((environment) => readSpace(form, environment, hasKey(environment), faults));
  if (test && live && test.space === live.space) faults.liveSpace = "sameSpace";
  if (environments.every((environment) => isEmpty(form, environment))) faults.testSpace = "noSpace";
  if (Object.keys(faults).length > 0) return { faults };
  const keys: Partial<Record<Environment, string | null>> = {};
  for (const environment of environments) {
    const typed = form[`${environment}Key`];
    if ((environment === "test" ? test : live) === null) keys[environment] = null;
    else if (typed !== "") keys[environment] = typed;
  }
  const terms = { name: form.name, test: test ?? null, live: live ?? null, ...choices.parse(form) };
  return { input: { platform: form.platform, terms, keys } };
}

function readSpace(
  form: ShopForm,
  environment: Environment,
  hasKey: boolean,
  faults: Partial<Record<ShopField, FieldFault>>,
): SpaceAccess | null {
  const [space, user, key] = textsOf(form, environment);
  if (isEmpty(form, environment)) return null;
  if (!isServiceId(space)) faults[`${environment}Space`] = space === "" ? "missing" : "number";
  if (!isServiceId(user)) faults[`${environment}User`] = user === "" ? "missing" : "number";
  if (key === "" ? !hasKey : !/^[A-Za-z0-9+/]{22,}={0,2}$/.test(key)) {
    faults[`${environment}Key`] = key === "" ? "missing" : "key";
  }
  return isServiceId(space) ? { space: toSpaceId(space), userId: user } : null;
}

function textsOf(form: ShopForm, environment: Environment): readonly [string, string, string] {
  return [form[`${environment}Space`], form[`${environment}User`], form[`${environment}Key`]];
}

function isEmpty(form: ShopForm, environment: Environment): boolean {
  return textsOf(form, environment).every((text) => text === "");
}
