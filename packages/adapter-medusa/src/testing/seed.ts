import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, generateJwtToken, Modules } from "@medusajs/framework/utils";
import {
  createApiKeysWorkflow,
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows";

export interface Seeded {
  /** Headers of a storefront. */
  readonly store: { readonly headers: Readonly<Record<string, string>> };
  /** Headers of an administrator. */
  readonly admin: { readonly headers: Readonly<Record<string, string>> };
  readonly variant: string;
  /** Of which there is one piece. */
  readonly last: string;
  readonly regions: Readonly<Record<string, string>>;
  readonly shippingOption: string;
  readonly channel: string;
}

const countries = { chf: "ch", jpy: "jp", kwd: "kw" } as const;

/** The smallest shop that sells: one mug, in francs, yen and dinars. Major units. */
export async function seed(container: MedusaContainer, providers: readonly string[]): Promise<Seeded> {
  const currencies = Object.keys(countries) as (keyof typeof countries)[];
  const [store] = await container.resolve(Modules.STORE).listStores();
  const { result: channels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Shop" }] },
  });
  const channel = channels[0]?.id ?? "";
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store?.id ?? "" },
      update: {
        default_sales_channel_id: channel,
        supported_currencies: currencies.map((code) => ({ currency_code: code, is_default: code === "chf" })),
      },
    },
  });
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: {
      regions: currencies.map((code) => ({
        name: code,
        currency_code: code,
        countries: [countries[code]],
        payment_providers: [...providers],
      })),
    },
  });
  const { result: locations } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: "Bern", address: { city: "Bern", country_code: "CH", address_1: "" } }] },
  });
  const location = locations[0]?.id ?? "";
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location, add: [channel] } });
  const { result: profiles } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  });
  const profile = profiles[0]?.id ?? "";
  const fulfillment = container.resolve(Modules.FULFILLMENT);
  const set = await fulfillment.createFulfillmentSets({
    name: "Post",
    type: "shipping",
    service_zones: [
      {
        name: "World",
        geo_zones: Object.values(countries).map((country_code) => ({ type: "country" as const, country_code })),
      },
    ],
  });
  const links = container.resolve(ContainerRegistrationKeys.LINK);
  await links.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  });
  await links.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  });
  const { result: options } = await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Post",
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: set.service_zones[0]?.id ?? "",
        shipping_profile_id: profile,
        type: { label: "Post", description: "Post", code: "post" },
        prices: currencies.map((currency_code) => ({ currency_code, amount: 0 })),
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  });
  const { result: products } = await createProductsWorkflow(container).run({
    input: {
      products: [
        {
          title: "Mug",
          status: "published",
          shipping_profile_id: profile,
          options: [{ title: "Size", values: ["One", "Last"] }],
          variants: [
            {
              title: "One",
              sku: "MUG",
              manage_inventory: false,
              options: { Size: "One" },
              prices: [
                { currency_code: "chf", amount: 10.5 },
                { currency_code: "jpy", amount: 1200 },
                { currency_code: "kwd", amount: 3.125 },
              ],
            },
            {
              title: "Last",
              sku: "LAST",
              manage_inventory: true,
              options: { Size: "Last" },
              prices: [{ currency_code: "chf", amount: 10.5 }],
            },
          ],
          sales_channels: [{ id: channel }],
        },
      ],
    },
  });
  const [item] = await container.resolve(Modules.INVENTORY).listInventoryItems({ sku: "LAST" });
  await createInventoryLevelsWorkflow(container).run({
    input: { inventory_levels: [{ inventory_item_id: item?.id ?? "", location_id: location, stocked_quantity: 1 }] },
  });
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Shop", type: "publishable", created_by: "" }] },
  });
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: keys[0]?.id ?? "", add: [channel] } });
  const variants = products[0]?.variants ?? [];
  return {
    store: { headers: { "x-publishable-api-key": keys[0]?.token ?? "" } },
    admin: { headers: { authorization: `Bearer ${await createAdminToken(container)}` } },
    variant: variants.find(({ sku }) => sku === "MUG")?.id ?? "",
    last: variants.find(({ sku }) => sku === "LAST")?.id ?? "",
    regions: Object.fromEntries(regions.map(({ currency_code, id }) => [currency_code, id])),
    shippingOption: options[0]?.id ?? "",
    channel,
  };
}

async function createAdminToken(container: MedusaContainer): Promise<string> {
  const email = "admin@example.ch";
  const { id } = await container.resolve(Modules.USER).createUsers({ email });
  return createToken(container, "user", id, email);
}

/** A customer with an account, as the storefront signs him in. */
export async function createCustomer(
  container: MedusaContainer,
  { store }: Seeded,
  email: string,
): Promise<Seeded["store"] & { readonly id: string }> {
  const { id } = await container.resolve(Modules.CUSTOMER).createCustomers({ email, has_account: true });
  const authorization = `Bearer ${await createToken(container, "customer", id, email)}`;
  return { id, headers: { ...store.headers, authorization } };
}

async function createToken(
  container: MedusaContainer,
  type: "user" | "customer",
  id: string,
  email: string,
): Promise<string> {
  const identity = await container.resolve(Modules.AUTH).createAuthIdentities({
    provider_identities: [{ provider: "emailpass", entity_id: email }],
    app_metadata: { [`${type}_id`]: id },
  });
  const payload = { actor_id: id, actor_type: type, auth_identity_id: identity.id };
  return generateJwtToken(payload, { secret: "secret", expiresIn: "1h" });
}
