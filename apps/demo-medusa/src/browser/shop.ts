import {
  mountPaymentForm,
  openLightbox,
  type PaymentForm,
  type PaymentStep,
  type StoreMethod,
} from "@checkout-plugins/adapter-medusa/storefront";
import type { Texts } from "../page.ts";
import { createStoreApi, type StoreSettings } from "./store-api.ts";

interface ShopSettings extends StoreSettings {
  readonly texts: Texts;
}

const settings: ShopSettings = JSON.parse(find("settings").textContent);
const { texts } = settings;
const store = createStoreApi(settings);
/** Kept over the way to the payment page and back. */
const cartKey = "cart";

function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

function tell(messages: readonly string[]): void {
  find("mistakes").replaceChildren(
    ...messages.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
}

/** Pays a cart where its buyer has chosen to. */
async function pay(cart: string): Promise<void> {
  const chosen = document.querySelector<HTMLInputElement>('input[name="integration"]:checked');
  const step = await store.startPayment(cart, (chosen?.value ?? "page") as PaymentStep["kind"]);
  if (step.kind === "page") location.assign(step.url);
  else await offer(step);
}

/** Offers the means of payment, and pays with the chosen one in the page or above it. */
async function offer(step: PaymentStep): Promise<void> {
  let form: PaymentForm | null = null;
  let method: StoreMethod | undefined;
  const choices = step.methods.map((one) => {
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "method", value: one.id });
    const label = document.createElement("label");
    label.append(input, ` ${one.name}`);
    input.addEventListener("change", () =>
      attempt(async () => {
        method = one;
        if (step.kind === "iframe") form = await mountPaymentForm(step, { container: "fields", method: one });
      }),
    );
    return label;
  });
  const button = Object.assign(document.createElement("button"), { textContent: texts.pay });
  button.addEventListener("click", () =>
    attempt(async () => {
      if (step.kind === "lightbox") await openLightbox(step, () => tell([texts.open]), method);
      else tell(form === null ? [texts.choose] : await form.submit());
    }),
  );
  const title = Object.assign(document.createElement("h2"), { textContent: texts.means });
  find("methods").replaceChildren(title, ...choices);
  find("pay").replaceChildren(button);
  title.scrollIntoView();
}

/** The buyer reads that it did not work, a developer why. */
async function attempt(work: () => Promise<void>): Promise<void> {
  tell([]);
  try {
    await work();
  } catch (reason) {
    tell([texts.error]);
    console.error(reason);
  }
}

document.addEventListener("click", ({ target }) => {
  const button = (target as HTMLElement).closest<HTMLButtonElement>("button[data-variant], button[data-again]");
  if (button === null) return;
  button.disabled = true;
  void attempt(async () => {
    const { variant } = button.dataset;
    if (variant !== undefined) sessionStorage.setItem(cartKey, await store.createCart(variant));
    await pay(sessionStorage.getItem(cartKey) ?? "");
  }).finally(() => {
    button.disabled = false;
  });
});
