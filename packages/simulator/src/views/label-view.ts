import type { Expand } from "../api/expand.ts";
import type { CardSummary } from "../state/payment.ts";
import { type JsonObject, numberText } from "../values/json.ts";

/** Descriptors of the labels of a card. */
const descriptors = {
  maskedNumber: { id: "1456765125779", name: "Masked card number" },
  holder: { id: "1456765000789", name: "Card holder" },
  validity: { id: "1456765711187", name: "Card validity" },
} as const;

export function cardLabels(card: CardSummary, expand: Expand): readonly JsonObject[] {
  const label = ({ id, name }: (typeof descriptors)[keyof typeof descriptors], content: string): JsonObject => ({
    content,
    contentAsString: content,
    descriptor: expand.one("descriptor", id, () => ({
      id: numberText(id),
      name: { "en-US": name },
      description: { "en-US": name },
      features: [],
      weight: 0,
    })),
  });
  return [
    label(descriptors.maskedNumber, card.maskedNumber.replaceAll(" ", "")),
    label(descriptors.validity, card.expiry),
    ...(card.holder === null ? [] : [label(descriptors.holder, card.holder)]),
  ];
}
