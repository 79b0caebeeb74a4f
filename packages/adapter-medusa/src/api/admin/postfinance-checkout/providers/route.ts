import { isServiceError } from "@checkout-plugins/client";
import { type Core, isPaymentError, type PaymentReference } from "@checkout-plugins/core";
import { explainStatus, type Language, toLanguage } from "@checkout-plugins/knowledge";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { type FindingView, toFindingView } from "../../../../admin-view.ts";
import { toWebhookUrl } from "../../../../install-webhooks.ts";
import { findRuntime, type Provider } from "../../../../runtime.ts";

/** How each provider of medusa-config is connected. Asks the service one request for each. */
export interface ProviderView {
  readonly id: string;
  readonly spaceId: string;
  readonly isTest: boolean;
  /** As the service calls the space; null when it could not be read. */
  readonly space: string | null;
  /** What is wrong, as the service says it, and what to do. */
  readonly problem: { readonly message: string; readonly todo: string | null } | null;
  /** Where the service's webhooks are to go. */
  readonly webhookUrl: string;
  /** How each of its means of payment stands; in the merchant's order. */
  readonly methods: readonly MethodView[];
  readonly findings: readonly FindingView[];
}

export interface MethodView {
  readonly id: string;
  readonly name: string;
  readonly image: string | null;
  /** `offered`, or why it is hidden: `inactive`, or `unknown` where the service does not say. */
  readonly state: "offered" | "inactive" | "currency" | "unknown";
}

export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { providers, store, core } = await findRuntime();
  const language = toLanguage(String(request.query.language));
  const views = providers.map(async (provider): Promise<ProviderView> => {
    const { id, settings } = provider;
    const findings = (await store.findings(id)).filter(({ resolvedOn }) => resolvedOn === null);
    return {
      id,
      spaceId: settings.spaceId,
      isTest: settings.environment === "test",
      ...(await testConnection(provider, language)),
      webhookUrl: toWebhookUrl(provider),
      methods: await listMethods(core, provider, language),
      findings: findings.map((finding) => toFindingView(finding, language)),
    };
  });
  response.json({ providers: await Promise.all(views) });
}

/** Empty where the service cannot be asked: the connection test says why. */
async function listMethods(core: Core, { id, settings }: Provider, language: Language): Promise<readonly MethodView[]> {
  const test = settings.environment === "test";
  const asked = { kind: "methods", reference: "" as PaymentReference, order: null, language, test } as const;
  try {
    const result = await core.runCommand(id, { ...asked, integration: settings.integration, explain: true });
    if (result.kind !== "successful") return [];
    const { offered, hidden } = result.answer;
    return [
      ...offered.map((one) => ({ ...one, state: "offered" as const })),
      ...hidden.map(({ reason, ...one }) => ({ ...one, state: reason ?? ("unknown" as const) })),
    ];
  } catch (error) {
    if (isPaymentError(error)) return [];
    throw error;
  }
}

async function testConnection(
  { space }: Provider,
  language: Language,
): Promise<Pick<ProviderView, "space" | "problem">> {
  try {
    const { name } = await space.readSpace();
    return { space: name, problem: null };
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const todo = explainStatus(error.details.status ?? 0, language)?.whatToDo ?? null;
    return { space: null, problem: { message: error.message, todo } };
  }
}
