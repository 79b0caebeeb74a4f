import { Text } from "@medusajs/ui";
import type { ReactNode } from "react";
import type { Advice } from "../../admin-view.ts";
import type { Texts } from "./texts.ts";

interface AdviceProps {
  readonly advice: Advice;
  readonly texts: Texts;
  readonly isResolved?: boolean;
}

/** What happened, what to do and whom to call. */
export function AdviceBox({ advice, texts, isResolved = false }: AdviceProps): ReactNode {
  return (
    <div className="bg-ui-tag-orange-bg border-ui-tag-orange-border flex flex-col gap-y-1 rounded-lg border p-3">
      <Text size="small" weight="plus">
        {advice.happened}
        {isResolved && ` (${texts.resolved})`}
      </Text>
      <Text size="small">
        {texts.todo}: {advice.todo}
      </Text>
      <Text size="small" className="text-ui-fg-subtle">
        {texts.call}: {advice.call}
      </Text>
    </div>
  );
}
