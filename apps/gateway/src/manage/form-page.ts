import type { Environment, SetupField } from "@checkout-plugins/core";
import { html } from "hono/html";
import type { Html } from "../console/page.ts";
import type { Language } from "../console/texts.ts";
import { frame, type Notice, type Reader, tokenOf } from "./frame.ts";
import { type SetupEntries, toFieldName } from "./hand-setup.ts";
import { platformNames } from "./platform-names.ts";
import { environments, type FieldFault, type FieldFaults, type ShopField, type ShopForm } from "./shop-input.ts";
import type { ManageTexts } from "./texts.ts";

export interface FormModel {
  readonly form: ShopForm;
  readonly faults: FieldFaults;
  /** To choose from; of a shop that is there only its own. */
  readonly platforms: readonly string[];
  readonly hasKey: (environment: Environment) => boolean;
  readonly action: string;
  /** Of the record that the form was made of. */
  readonly version: number | null;
  /** Of a platform whose shops are connected by hand; null: a code pairs them, or they are there. */
  readonly setup?: (SetupEntries & { readonly fields: readonly SetupField[] }) | null;
  /** Further platforms, each with a form of its own. */
  readonly others?: readonly string[];
}

export function toNewShopPage(reader: Reader, model: FormModel): Html {
  const { say } = reader;
  const notice = toNotice(say, { ...model.faults, ...model.setup?.faults });
  const others = (model.others ?? []).map(
    (one) => html`<a href="/manage/shops/new?platform=${one}">${platformNames[one] ?? one}</a> `,
  );
  return frame(
    reader,
    say.list.add,
    html`<section>
      ${others.length === 0 ? "" : html`<p>${say.list.otherPlatform} ${others}</p>`}${shopForm(reader, model)}
    </section>`,
    notice,
  );
}

function toNotice(say: ManageTexts, faults: Typed["faults"]): Notice | undefined {
  return Object.keys(faults).length === 0 ? undefined : { kind: "bad", text: say.form.wrong };
}

export function shopForm({ say, session, language }: Reader, model: FormModel): Html {
  const { form, platforms } = model;
  const { labels, integrations, completions, doublePayments } = say.form;
  const platform =
    model.version === null && !model.setup
      ? choice(
          say,
          model,
          "platform",
          platforms.map((one) => [one, platformNames[one] ?? one]),
        )
      : html`<input type="hidden" name="platform" value="${form.platform}" />`;
  return html`<form method="post" action="${model.action}" novalidate>
    ${tokenOf(session)}
    ${model.version === null ? "" : html`<input type="hidden" name="version" value="${model.version}" />`}
    ${input(say, model, "name", labels.name, "text")} ${platform}
    ${model.setup ? setupFields(say, language, form.platform, model.setup) : ""}
    <p class="note">${say.form.aboutSpaces}</p>
    <div class="pair">${environments.map((environment) => spaceFields(say, model, environment))}</div>
    ${choice(say, model, "integration", Object.entries(integrations))}
    ${choice(say, model, "completion", Object.entries(completions))}
    ${choice(say, model, "doublePayment", Object.entries(doublePayments))}
    <button>${say.form.save}</button>
  </form>`;
}

/** Those that the platform asks for; a secret is never shown again. */
function setupFields(
  say: ManageTexts,
  language: Language,
  platform: string,
  { fields, entries, faults }: NonNullable<FormModel["setup"]>,
): Html {
  const inputs = fields.map(({ name, isSecret = false, label, hint }) => {
    const field = toFieldName(name);
    const fault = faults[name];
    const typed: Typed = {
      form: { [field]: isSecret ? "" : (entries[name] ?? "") },
      faults: fault === undefined ? {} : { [field]: fault },
    };
    return input(say, typed, field, label[language], isSecret ? "password" : "text", "text", hint[language]);
  });
  return html`<fieldset class="setup">
    <legend>${platformNames[platform] ?? platform}</legend>
    ${inputs}
  </fieldset>`;
}

/** What was typed into a field, by its name, and what is wrong with it. */
interface Typed {
  readonly form: Readonly<Record<string, string>>;
  readonly faults: Readonly<Partial<Record<string, FieldFault>>>;
}

function spaceFields(say: ManageTexts, model: FormModel, environment: Environment): Html {
  const { labels, keyKept } = say.form;
  const [space, user, key] = [`${environment}Space`, `${environment}User`, `${environment}Key`] as const;
  return html`<fieldset>
    <legend>${say.form.space[environment]}</legend>
    ${input(say, model, space, labels[space], "text", "numeric")} ${input(say, model, user, labels[user], "text", "numeric")}
    ${input(say, model, key, labels[key], "password", "text", model.hasKey(environment) ? keyKept : null)}
  </fieldset>`;
}

function input(
  say: ManageTexts,
  { form, faults }: Typed,
  field: string,
  label: string,
  type: "text" | "password",
  mode: "text" | "numeric" = "text",
  hint: string | null = null,
): Html {
  const fault = faults[field];
  const described = [fault && `${field}-fault`, hint && `${field}-hint`].filter(Boolean).join(" ");
  return html`<p class="field">
    <label for="${field}">${label}</label>
    <input
      id="${field}"
      name="${field}"
      type="${type}"
      inputmode="${mode}"
      autocomplete="off"
      spellcheck="false"
      maxlength="500"
      value="${form[field]}"
      ${described === "" ? "" : html`aria-describedby="${described}"`}
      ${fault === undefined ? "" : html`aria-invalid="true"`}
    />
    ${fault === undefined ? "" : html`<span id="${field}-fault" class="fault">${say.form.faults[fault]}</span>`}
    ${hint === null ? "" : html`<small id="${field}-hint">${hint}</small>`}
  </p>`;
}

function choice(
  say: ManageTexts,
  { form, faults }: FormModel,
  field: ShopField,
  options: readonly (readonly [string, string])[],
): Html {
  const fault = faults[field];
  return html`<p class="field">
    <label for="${field}">${say.form.labels[field]}</label>
    <select id="${field}" name="${field}" ${fault === undefined ? "" : html`aria-invalid="true" aria-describedby="${field}-fault"`}>
      ${options.map(([value, text]) => html`<option value="${value}" ${form[field] === value ? "selected" : ""}>${text}</option>`)}
    </select>
    ${fault === undefined ? "" : html`<span id="${field}-fault" class="fault">${say.form.faults[fault]}</span>`}
  </p>`;
}
