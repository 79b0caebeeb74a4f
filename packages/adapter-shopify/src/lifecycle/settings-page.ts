import { type Environment, PaymentError, type ShopId, type SpaceAccess, type SpaceId } from "@checkout-plugins/core";
import { apiVersions } from "../api-version.ts";
import { type Language, toLanguage } from "../language.ts";
import { isOwn, signOwn } from "../own-mark.ts";
import { toPage, toRedirect } from "../pages.ts";
import { paymentsAppConfigure } from "../payments-app/payments-api.ts";
import { createShopifyApi, toWhy } from "../shopify-api.ts";
import { type ShopifyApp, type ShopifyParts, type SpaceKeeper, toOrigin } from "../shopify-parts.ts";
import { createTokens } from "../shopify-token.ts";
import { readCookie, toCookie } from "./cookies.ts";
import { type Entered, environments, readEntered, readForm, toForm } from "./settings-form.ts";
import { type SettingsText, settingsTexts } from "./settings-texts.ts";

/** Seconds; after it the merchant opens the app from his admin again. */
const lifetime = 30 * 60;

/** Who fills in this form: the shop whose admin was just left. */
interface Merchant {
  readonly id: ShopId;
  readonly shop: string;
}

/** The page on which a merchant connects his spaces. */
export interface SettingsPage {
  /** After installing: here is where the merchant goes on. */
  open(merchant: Merchant): Response;
  answer(request: Request): Promise<Response>;
}

/** It is known by a cookie who fills it in, and by a mark in the form that it was sent from here. */
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
      const { title, over } = settingsTexts[language];
      if (merchant === null) return toPage(title, `<p>${over}</p>`, { language, status: 401 });
      return request.method === "POST" ? save(merchant, request, language) : show(merchant, language, [], {});
    },
  };
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
  const why = toWhy(outcome);
  throw new PaymentError("shopUnavailable", `Shopify was not told that ${shop} is ready: ${why}`, { retryable: true });
}
