import { html } from "hono/html";
import type { Html, View } from "./layout.ts";

const steps = ["cart", "details", "summary", "payment"] as const;

/** Where the buyer is on the way from cart to payment; what is behind him is a link. */
export function stepList(at: (typeof steps)[number], { text }: View): Html {
  const addresses = { cart: "/cart", details: "/checkout", summary: "/checkout/summary", payment: "" };
  return html`<nav class="steps" aria-label="${text.stepsLabel}"><ol>${steps.map((step, index) => {
    const name = text.steps[step];
    if (step === at) return html`<li aria-current="step">${name}</li>`;
    return index < steps.indexOf(at) && at !== "payment"
      ? html`<li class="done"><a href="${addresses[step]}">${name}</a></li>`
      : html`<li class="${index < steps.indexOf(at) ? "done" : ""}">${name}</li>`;
  })}</ol></nav>`;
}
