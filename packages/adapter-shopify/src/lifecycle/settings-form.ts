import { type Environment, PaymentError, readBody, type SpaceAccess } from "@checkout-plugins/core";
import { escapeHtml } from "../pages.ts";
import type { SettingsText } from "./settings-texts.ts";

const longest = 16 * 1024;

/** In the order in which the merchant enters their spaces. */
export const environments: readonly Environment[] = ["live", "test"];

/** What the merchant wrote into the fields of one environment. */
export interface Entered {
  readonly space: string;
  readonly user: string;
  readonly key: string;
}

/** @throws PaymentError `badRequest` when it is too long. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const body = await readBody(request, longest);
  if (body === null) throw new PaymentError("badRequest", "This form is too long.");
  return new URLSearchParams(Buffer.from(body).toString("utf8"));
}

/** A field that is missing is an empty one. */
export function readEntered(form: URLSearchParams): Readonly<Record<Environment, Entered>> {
  const of = (environment: Environment): Entered => ({
    space: form.get(`${environment}-space`)?.trim() ?? "",
    user: form.get(`${environment}-user`)?.trim() ?? "",
    key: form.get(`${environment}-key`)?.trim() ?? "",
  });
  return { live: of("live"), test: of("test") };
}

interface Form {
  readonly text: SettingsText;
  readonly kept: Readonly<Record<Environment, SpaceAccess | null>>;
  readonly entered: Readonly<Record<string, Entered>>;
  readonly problems: readonly string[];
  readonly token: string;
}

/** `token` is the mark that it was sent from here. A key that was entered is never shown again. */
export function toForm({ text, kept, entered, problems, token }: Form): string {
  const field = (name: string, label: string, value: string, kind: string) =>
    `<p><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${kind}" value="${escapeHtml(value)}" autocomplete="off"></p>`;
  const group = (environment: Environment) => {
    const access = kept[environment];
    const { space = access?.space ?? "", user = access?.userId ?? "" } = entered[environment] ?? {};
    const state = access === null ? "" : `<p>${text.connected}</p>`;
    return `<fieldset><legend>${text[environment]}</legend>${state}${field(`${environment}-space`, text.space, space, "text")}${field(`${environment}-user`, text.user, user, "text")}${field(`${environment}-key`, text.key, "", "password")}</fieldset>`;
  };
  const list =
    problems.length === 0
      ? ""
      : `<ul role="alert">${problems.map((one) => `<li>${escapeHtml(one)}</li>`).join("")}</ul>`;
  return `<p>${text.intro}</p>${list}<form method="post"><input type="hidden" name="token" value="${token}">${environments.map(group).join("")}<button>${text.save}</button></form>`;
}
