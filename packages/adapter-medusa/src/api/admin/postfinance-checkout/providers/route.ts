import { isServiceError } from "@checkout-plugins/client";
import { explainStatus, type Language } from "@checkout-plugins/knowledge";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { type FindingView, toFindingView, toLanguage } from "../../../../admin-view.ts";
import { hookPath, identifier } from "../../../../medusa-names.ts";
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
  readonly findings: readonly FindingView[];
}

export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const { providers, store } = await findRuntime();
  const language = toLanguage(request.query.language);
  const views = providers.map(async (provider): Promise<ProviderView> => {
    const { id, settings } = provider;
    const findings = (await store.findings(id)).filter(({ resolvedOn }) => resolvedOn === null);
    return {
      id,
      spaceId: settings.spaceId,
      isTest: settings.environment === "test",
      ...(await testConnection(provider, language)),
      webhookUrl: `${settings.backendUrl}${hookPath}/${id.slice(`pp_${identifier}_`.length)}`,
      findings: findings.map((finding) => toFindingView(finding, language)),
    };
  });
  response.json({ providers: await Promise.all(views) });
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
