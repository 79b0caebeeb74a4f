import { type Client, isServiceError, type ServiceError } from "@checkout-plugins/client";
import type { Environment, ShopTerms } from "@checkout-plugins/core";
import { environments, type FieldFault, type FieldFaults, type ShopField } from "./shop-input.ts";

export interface SpaceCheckParts {
  readonly createClient: (user: { readonly userId: string; readonly authenticationKey: string }) => Client;
  readonly readKey: (environment: Environment) => Promise<string | null>;
  readonly signal: AbortSignal;
}

/** More than this our clock may not differ, seconds: the service refuses every signature then. */
const tolerance = 60;

/** Asks the service whether the spaces, users and keys are right, and may do what a shop needs: read methods and webhooks. */
export async function checkSpaces(
  terms: Pick<ShopTerms, "live" | "test">,
  { createClient, readKey, signal }: SpaceCheckParts,
): Promise<FieldFaults> {
  const faults: Partial<Record<ShopField, FieldFault>> = {};
  const check = async (environment: Environment): Promise<void> => {
    const access = terms[environment];
    const authenticationKey = access && (await readKey(environment));
    if (access === null || authenticationKey === null) return;
    try {
      const space = createClient({ userId: access.userId, authenticationKey }).space(access.space);
      const { state } = await space.readSpace({ signal });
      if (state !== "ACTIVE") faults[`${environment}Space`] = "spaceInactive";
      await space.listPaymentMethodConfigurations({ signal });
      await space.listWebhookUrls({ signal });
    } catch (error) {
      if (!isServiceError(error)) throw error;
      const [field, fault] = toFault(error);
      faults[`${environment}${field}`] ??= fault;
    }
  };
  await Promise.all(environments.map(check));
  return faults;
}

function toFault({ code, details }: ServiceError): readonly ["Space" | "User" | "Key", FieldFault] {
  switch (code) {
    case "credentials":
      return Math.abs(details.clockSkew ?? 0) > tolerance ? ["Key", "clock"] : ["Key", "credentials"];
    case "permission":
      return ["User", "permission"];
    case "notFound":
      return ["Space", "spaceNotFound"];
    case "unreachable":
    case "unavailable":
    case "cut":
    case "rateLimited":
      return ["Space", "unreachable"];
    case "invalid":
    case "unreadable":
    case "versionConflict":
      return ["Space", "refused"];
  }
}
