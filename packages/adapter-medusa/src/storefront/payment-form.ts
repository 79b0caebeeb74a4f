import type { PaymentStep, StoreMethod } from "./payment-step.ts";

interface IframeHandler {
  setInitializeCallback(callback: () => void): void;
  setHeightChangeCallback(callback: (height: number) => void): void;
  setValidationCallback(
    callback: (result: { readonly success: boolean; readonly errors?: readonly string[] }) => void,
  ): void;
  create(container: string): void;
  validate(): void;
  submit(): void;
}

interface Handlers {
  readonly IframeCheckoutHandler?: (method: string) => IframeHandler;
  readonly LightboxCheckoutHandler?: { startPayment(method: string | undefined, onError: () => void): void };
}

/** The fields of one method, inside the storefront. */
export interface PaymentForm {
  /**
   * Checks what the buyer filled in; when it is right the browser goes on to pay, and to Medusa's return.
   *
   * @returns what is wrong, in the buyer's language; empty when it goes on.
   */
  submit(): Promise<readonly string[]>;
}

export interface FormOptions {
  /** Id of the element that holds the fields. What is in it is removed. */
  readonly container: string;
  /** One of the step's methods. */
  readonly method: StoreMethod;
  /** Pixels. 0: this method has no fields, and goes on to a page of its own. */
  readonly onHeight?: (height: number) => void;
}

/**
 * Shows the fields of a method in the storefront's own page.
 *
 * @throws Error when the service's script cannot be loaded: then begin a new session.
 */
export async function mountPaymentForm(step: PaymentStep, options: FormOptions): Promise<PaymentForm> {
  const { IframeCheckoutHandler: create } = await loadHandlers(step.url);
  const holder = document.getElementById(options.container);
  if (create === undefined || holder === null) throw new Error(`There is no iframe to show in #${options.container}.`);
  holder.replaceChildren();
  const handler = create(options.method.id);
  let answer: ((errors: readonly string[]) => void) | null = null;
  handler.setHeightChangeCallback((height) => options.onHeight?.(height));
  handler.setValidationCallback(({ success, errors = [] }) => {
    if (success) handler.submit();
    answer?.(success ? [] : errors.map(toText));
  });
  await new Promise<void>((resolve) => {
    handler.setInitializeCallback(resolve);
    handler.create(options.container);
  });
  return {
    submit: () =>
      new Promise((resolve) => {
        answer = resolve;
        handler.validate();
      }),
  };
}

/**
 * Opens the payment over the storefront's page; from it the buyer goes to Medusa's return.
 *
 * @param onClosed the lightbox could not go on, or the buyer closed it: read the cart again.
 * @throws Error when the service's script cannot be loaded: then begin a new session.
 */
export async function openLightbox(step: PaymentStep, onClosed: () => void, method?: StoreMethod): Promise<void> {
  const { LightboxCheckoutHandler: lightbox } = await loadHandlers(step.url);
  if (lightbox === undefined) throw new Error("There is no lightbox to open.");
  lightbox.startPayment(method?.id, onClosed);
}

/** The script is made for one transaction, and brings its global anew each time. */
async function loadHandlers(url: string): Promise<Handlers> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${new URL(url).origin} does not answer.`)));
    document.head.append(script);
  });
  return globalThis as Handlers;
}

/** The service's messages are HTML. */
function toText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}
