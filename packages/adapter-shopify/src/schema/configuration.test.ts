import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { apiVersions } from "../api-version.ts";

const read = (path: string) => readFileSync(new URL(`../../config/${path}`, import.meta.url), "utf8");
const gateway = "https://pay.example.ch/platforms/shopify";
const session = (name: string) => z.literal(`${gateway}/${name}`);

/** The rules of Shopify's command line for an offsite payments extension. */
const extensionSchema = z.strictObject({
  extensions: z.tuple([
    z
      .strictObject({
        name: z.string().max(30),
        handle: z.string().regex(/^[a-z0-9-]{1,30}$/),
        type: z.literal("payments_extension"),
        api_version: z.literal(apiVersions[0]),
        payment_session_url: session("payment"),
        refund_session_url: session("refund"),
        capture_session_url: session("capture"),
        void_session_url: session("void"),
        confirmation_callback_url: session("confirm"),
        merchant_label: z.string().max(50),
        buyer_label: z.string().max(50),
        buyer_label_translations: z.array(z.strictObject({ locale: z.string().min(2), label: z.string().max(50) })),
        supported_countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
        supported_payment_methods: z.array(z.string()).min(1),
        supported_buyer_contexts: z.array(z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/) })).min(1),
        test_mode_available: z.literal(true),
        supports_3ds: z.boolean(),
        supports_installments: z.boolean(),
        supports_deferred_payments: z.boolean(),
        multiple_capture: z.literal(true),
        supports_oversell_protection: z.literal(false),
        targeting: z.tuple([z.strictObject({ target: z.literal("payments.offsite.render") })]),
      })
      .refine((one) => one.supports_installments === one.supports_deferred_payments, "both or none"),
  ]),
});

const appSchema = z.strictObject({
  client_id: z.string().min(1),
  name: z.string().max(30),
  application_url: z.url(),
  embedded: z.literal(false),
  auth: z.strictObject({ redirect_urls: z.array(z.url()).min(1) }),
  access_scopes: z.strictObject({ scopes: z.string() }),
  webhooks: z.strictObject({
    api_version: z.literal(apiVersions[0]),
    subscriptions: z.array(
      z.strictObject({
        topics: z.array(z.string()),
        compliance_topics: z.array(z.string()).optional(),
        uri: z.string().startsWith(`${gateway}/`),
      }),
    ),
  }),
});

describe("the payments app's configuration", () => {
  it("is one of an offsite extension whose addresses are ours", () => {
    const toml = read("payments-app/extensions/postfinance-checkout/shopify.extension.toml");
    expect(extensionSchema.safeParse(parse(toml)).error?.issues ?? []).toEqual([]);
  });

  it("asks for every compliance topic, and for no payment scope on the first deployment", () => {
    const app = appSchema.parse(parse(read("payments-app/shopify.app.toml")));
    expect(app).toMatchObject({
      application_url: `${gateway}/install`,
      auth: { redirect_urls: [`${gateway}/callback`] },
      access_scopes: { scopes: "" },
      webhooks: {
        subscriptions: [
          {
            topics: ["app/uninstalled"],
            compliance_topics: ["customers/data_request", "customers/redact", "shop/redact"],
            uri: `${gateway}/webhooks`,
          },
        ],
      },
    });
  });
});

describe("the custom app's configuration", () => {
  it("asks for the webhooks that are read, and for no more than orders", () => {
    const app = appSchema.parse(parse(read("custom-app/shopify.app.toml")));
    expect(app.access_scopes.scopes).toBe("read_orders,write_orders");
    const topics = ["orders/create", "orders/cancelled", "refunds/create"];
    expect(app.webhooks.subscriptions).toEqual([{ topics, uri: `${gateway}/orders` }]);
  });

  it("puts the link where buyers look: on both pages, and in the confirmation", async () => {
    const { extensions } = parse(read("custom-app/extensions/pay-link/shopify.extension.toml")) as unknown as {
      readonly extensions: readonly { readonly targeting: readonly { readonly target: string }[] }[];
    };
    expect(extensions[0]?.targeting.map(({ target }) => target)).toEqual([
      "purchase.thank-you.block.render",
      "customer-account.order-status.block.render",
    ]);
    const liquid = read("custom-app/order-confirmation.liquid");
    expect(liquid).toContain(
      `${gateway}/pay?shop={{ shop.permanent_domain | url_encode }}&order={{ id }}&number={{ confirmation_number | url_encode }}`,
    );
  });

  it("leads from either page to the pay link of this order", async () => {
    const path = new URL("../../config/custom-app/extensions/pay-link/pay-link.js", import.meta.url);
    const { toPayUrl } = (await import(path.href)) as { readonly toPayUrl: (api: object) => string | null };
    const page = {
      shop: { myshopifyDomain: "alpenladen.myshopify.com" },
      settings: { value: { gateway: "https://pay.example.ch/" } },
    };
    const url = `${gateway}/pay?shop=alpenladen.myshopify.com&order=450789469&number=XPAV284CT`;
    const orderConfirmation = {
      value: { order: { id: "gid://shopify/OrderIdentity/450789469" }, number: "XPAV284CT" },
    };
    const order = { value: { id: "gid://shopify/Order/450789469", confirmationNumber: "XPAV284CT" } };
    expect(toPayUrl({ ...page, orderConfirmation })).toBe(url);
    expect(toPayUrl({ ...page, order })).toBe(url);
    expect(toPayUrl({ ...page, order: { value: undefined } })).toBeNull();
  });
});
