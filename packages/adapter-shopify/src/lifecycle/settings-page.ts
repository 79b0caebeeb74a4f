import {
  type Environment,
  PaymentError,
  readBody,
  type ShopId,
  type SpaceAccess,
  type SpaceId,
} from "@checkout-plugins/core";
import { apiVersions } from "../api-version.ts";
import { type Language, toLanguage } from "../language.ts";
import { isOwn, signOwn } from "../own-mark.ts";
import { escapeHtml, toPage, toRedirect } from "../pages.ts";
import { paymentsAppConfigure } from "../payments-app/payments-api.ts";
import { createShopifyApi } from "../shopify-api.ts";
import { type ShopifyApp, type ShopifyParts, type SpaceKeeper, toOrigin } from "../shopify-parts.ts";
import { createTokens } from "../shopify-token.ts";
import { readCookie, toCookie } from "./cookies.ts";
import { type SettingsText, settingsTexts } from "./settings-texts.ts";

/** Seconds; after it the merchant opens the app from his admin again. */
const lifetime = 30 * 60;
const longest = 16 * 1024;
const environments: readonly Environment[] = ["live", "test"];

/** Who fills in this form: the shop whose admin was just left. */
interface Merchant {
  readonly id: ShopId;
  readonly shop: string;
}

interface Entered {
  readonly space: string;
  readonly user: string;
  readonly key: string;
}

export interface SettingsPage {
  /** After installing: here is where the merchant goes on. */
  open(merchant: Merchant): Response;
  answer(request: Request): Promise<Response>;
}

export function createSettingsPage(parts: ShopifyParts, app: ShopifyApp, spaces: SpaceKeeper): SettingsPage {
  const address = () => `${parts.gatewayUrl()}/platforms/shopify/settings`;
  const sign = (text: string) => signOwn("settings", text, app.clientSecret);
  const readMerchant = (request: Request): Merchant | null => {
    const [id = "", shop = "", until = "", signature = ""] = (readCookie(request, "settings") ?? "").split("|");
    const isOurs = isOwn("settings", `${id}|${shop}|${until}`, signature, app.clientSecret);
    return isOurs && Number(until) > parts.now() / 1000 ? { id: id as ShopId, shop } : null;
  };
  const show = async (
    merchant: Merchant,
    language: Language,
    problems: readonly string[],
    entered: Readonly<Record<string, Entered>>,
  ) => {
    const kept = await spaces.read(merchant.id);
    const body = toForm({ text: settingsTexts[language], kept, entered, problems, token: sign(`form ${merchant.id}`) });
    return toPage(settingsTexts[language].title, body, { language, status: problems.length === 0 ? 200 : 422 });
  };
  const save = async (merchant: Merchant, request: Request, language: Language): Promise<Response> => {
    const form = await readForm(request);
    const origin = request.headers.get("origin");
    const isOurs = origin === null || origin === new URL(parts.gatewayUrl()).origin;
    if (!isOurs || !isOwn("settings", `form ${merchant.id}`, form.get("token"), app.clientSecret)) {
      return new Response("This form was not sent from here.", { status: 403 });
    }
    const entered = readEntered(form);
    const problems = await keep(spaces, merchant.id, entered, settingsTexts[language]);
    if (problems.length > 0) return show(merchant, language, problems, entered);
    await configure(parts, app, spaces, merchant);
    return toRedirect(`${toOrigin(parts, merchant.shop)}/services/payments_partners/gateways/${app.clientId}/settings`);
  };
  return {
    open({ id, shop }) {
      const text = `${id}|${shop}|${Math.floor(parts.now() / 1000) + lifetime}`;
      return toRedirect(address(), {
        "set-cookie": toCookie("settings", `${text}|${sign(text)}`, lifetime, address()),
      });
    },
    async answer(request) {
      const merchant = readMerchant(request);
      const language = toLanguage(request.headers.get("accept-language"));
      if (merchant === null) {
        return toPage(settingsTexts[language].title, `<p>${settingsTexts[language].over}</p>`, {
          language,
          status: 401,
        });
      }
      return request.method === "POST" ? save(merchant, request, language) : show(merchant, language, [], {});
    },
  };
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const body = await readBody(request, longest);
  if (body === null) throw new PaymentError("badRequest", "This form is too long.");
  return new URLSearchParams(Buffer.from(body).toString("utf8"));
}

function readEntered(form: URLSearchParams): Readonly<Record<Environment, Entered>> {
  const of = (environment: Environment): Entered => ({
    space: form.get(`${environment}-space`)?.trim() ?? "",
    user: form.get(`${environment}-user`)?.trim() ?? "",
    key: form.get(`${environment}-key`)?.trim() ?? "",
  });
  return { live: of("live"), test: of("test") };
}

/** Checks what was entered at the service, and keeps it when all of it works. */
async function keep(
  spaces: SpaceKeeper,
  shop: ShopId,
  entered: Readonly<Record<Environment, Entered>>,
  text: SettingsText,
): Promise<readonly string[]> {
  const kept = await spaces.read(shop);
  const given = environments.filter((one) => Object.values(entered[one]).some((value) => value !== ""));
  if (given.length === 0 && kept.live === null && kept.test === null) return [text.nothing];
  const checked = await Promise.all(
    given.map(async (environment) => {
      const { space, user, key } = entered[environment];
      const isComplete = /^[1-9][0-9]{0,18}$/.test(space) && /^[1-9][0-9]{0,18}$/.test(user) && key !== "";
      const access: SpaceAccess = { space: space as SpaceId, userId: user };
      const why = isComplete ? await spaces.check(access, key) : text.incomplete;
      return { environment, access, key, problem: why === null ? null : `${text[environment]}: ${why}` };
    }),
  );
  const problems = checked.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  if (problems.length > 0) return problems;
  for (const { environment, access, key } of checked) await spaces.save(shop, environment, access, key);
  return [];
}

/** Tells Shopify that payments may come, or may not because there is no space. */
async function configure(
  parts: ShopifyParts,
  app: ShopifyApp,
  spaces: SpaceKeeper,
  { id, shop }: Merchant,
): Promise<void> {
  const { live, test } = await spaces.read(id);
  const tokens = createTokens(parts, shop, app, spaces.secretsOf(id));
  const api = createShopifyApi(parts, { shop, apiVersion: apiVersions[0], tokens });
  const externalHandle = `PostFinance Checkout ${live?.space ?? test?.space ?? ""}`.trim();
  const variables = { externalHandle, ready: live !== null || test !== null };
  const outcome = await api.run(paymentsAppConfigure, variables, AbortSignal.timeout(30_000));
  if (outcome.kind === "done") return;
  const why = outcome.kind === "refused" ? outcome.errors.map(({ message }) => message).join(" ") : outcome.why;
  throw new PaymentError("shopUnavailable", `Shopify was not told that ${shop} is ready: ${why}`, { retryable: true });
}

interface Form {
  readonly text: SettingsText;
  readonly kept: Readonly<Record<Environment, SpaceAccess | null>>;
  readonly entered: Readonly<Record<string, Entered>>;
  readonly problems: readonly string[];
  readonly token: string;
}

function toForm({ text, kept, entered, problems, token }: Form): string {
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
