import { defineRouteConfig } from "@medusajs/admin-sdk";
import { Button, Container, Copy, Heading, StatusBadge, Text, toast } from "@medusajs/ui";
import type { ReactNode } from "react";
import type { ProviderView } from "../../../../api/admin/postfinance-checkout/providers/route.ts";
import { ask, readTexts, useAnswer } from "../../../lib/ask.ts";
import { AdviceBox } from "../../../lib/finding.tsx";
import type { Texts } from "../../../lib/texts.ts";

/** Settings > PostFinance Checkout: is each provider connected, where do its webhooks go, what needs attention. */
function SettingsPage(): ReactNode {
  const texts = readTexts();
  const [asked] = useAnswer<{ readonly providers: readonly ProviderView[] }>("/providers");
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="px-6 py-4">
        <Heading>{texts.title}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {texts.settings.intro}
        </Text>
        {asked.kind === "failed" && (
          <Text size="small">
            {texts.failedToLoad} {asked.why}
          </Text>
        )}
        {asked.kind === "there" && asked.value.providers.length === 0 && <Text size="small">{texts.settings.no}</Text>}
      </Container>
      {asked.kind === "there" &&
        asked.value.providers.map((provider) => <ProviderBox key={provider.id} provider={provider} texts={texts} />)}
    </div>
  );
}

function ProviderBox({ provider, texts }: { readonly provider: ProviderView; readonly texts: Texts }): ReactNode {
  const { problem, findings, methods } = provider;
  const setUpWebhooks = async (): Promise<void> => {
    try {
      await ask(`/providers/${provider.id}/webhooks`, {});
      toast.success(texts.settings.webhooksDone);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{provider.id}</Heading>
        <div className="flex items-center gap-x-2">
          {provider.isTest && <StatusBadge color="orange">{texts.test}</StatusBadge>}
          <StatusBadge color={problem === null ? "green" : "red"}>
            {problem === null ? texts.settings.connected : texts.settings.notConnected}
          </StatusBadge>
        </div>
      </div>
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <Text size="small">
          {texts.settings.space} {provider.spaceId} {provider.space}
        </Text>
        {problem !== null && (
          <Text size="small" className="text-ui-fg-error">
            {problem.message} {problem.todo}
          </Text>
        )}
        <Text size="small" className="text-ui-fg-subtle">
          {texts.settings.webhook}
        </Text>
        <div className="flex items-center gap-x-2">
          <code className="txt-compact-small break-all">{provider.webhookUrl}</code>
          <Copy content={provider.webhookUrl} />
        </div>
        <div>
          <Button size="small" variant="secondary" onClick={setUpWebhooks}>
            {texts.settings.setUpWebhooks}
          </Button>
        </div>
      </div>
      {problem === null && (
        <div className="flex flex-col gap-y-2 px-6 py-4">
          <Text size="small" weight="plus">
            {texts.settings.methods}
          </Text>
          {methods.length === 0 && <Text size="small">{texts.settings.noMethods}</Text>}
          {methods.map(({ id, name, image, state }) => (
            <div key={id} className="flex items-center justify-between gap-x-2">
              <div className="flex items-center gap-x-2">
                {image !== null && <img src={image} alt="" className="h-5 w-auto" />}
                <Text size="small">{name}</Text>
              </div>
              <StatusBadge color={state === "offered" ? "green" : "grey"}>
                {texts.settings.methodState[state]}
              </StatusBadge>
            </div>
          ))}
        </div>
      )}
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <Text size="small" weight="plus">
          {texts.settings.findings}
        </Text>
        {findings.length === 0 && <Text size="small">{texts.settings.noFindings}</Text>}
        {findings.map((finding) => (
          <AdviceBox key={finding.kind + finding.since} advice={finding} texts={texts} />
        ))}
      </div>
    </Container>
  );
}

export const config: ReturnType<typeof defineRouteConfig> = defineRouteConfig({ label: "PostFinance Checkout" });

export default SettingsPage;
