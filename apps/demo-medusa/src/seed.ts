import type { ExecArgs } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import {
  createApiKeysWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createUserAccountWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows";
import { administrator, products, storefrontKey } from "./catalogue.ts";

/** A shop in francs with three products, delivery by post, and an administrator; once. */
export default async function seed({ container }: ExecArgs): Promise<void> {
  if ((await container.resolve(Modules.REGION).listRegions()).length > 0) return;
  const channel = await createShop(container);
  const profile = await createDelivery(container, channel);
  await createProductsWorkflow(container).run({
    input: {
      products: products.map(({ title, sku, francs }) => ({
        title,
        status: "published",
        shipping_profile_id: profile,
        options: [{ title: "Size", values: ["One"] }],
        variants: [
          {
            title: "One",
            sku,
            manage_inventory: false,
            options: { Size: "One" },
            prices: [{ currency_code: "chf", amount: francs }],
          },
        ],
        sales_channels: [{ id: channel }],
      })),
    },
  });
  await createAdministrator(container);
}

type Container = ExecArgs["container"];

async function createShop(container: Container): Promise<string> {
  const [store] = await container.resolve(Modules.STORE).listStores();
  const { result: channels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Shop" }] },
  });
  const channel = channels[0]?.id ?? "";
  const update = {
    name: "Demo",
    default_sales_channel_id: channel,
    supported_currencies: [{ currency_code: "chf", is_default: true }],
  };
  await updateStoresWorkflow(container).run({ input: { selector: { id: store?.id ?? "" }, update } });
  await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: "Schweiz",
          currency_code: "chf",
          countries: ["ch"],
          payment_providers: ["pp_postfinance-checkout_default"],
        },
      ],
    },
  });
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: storefrontKey, type: "publishable", created_by: "" }] },
  });
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: keys[0]?.id ?? "", add: [channel] } });
  return channel;
}

async function createDelivery(container: Container, channel: string): Promise<string> {
  const { result: locations } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: "Bern", address: { city: "Bern", country_code: "CH", address_1: "" } }] },
  });
  const location = locations[0]?.id ?? "";
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location, add: [channel] } });
  const { result: profiles } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  });
  const profile = profiles[0]?.id ?? "";
  const set = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
    name: "Post",
    type: "shipping",
    service_zones: [{ name: "Schweiz", geo_zones: [{ type: "country", country_code: "ch" }] }],
  });
  const links = container.resolve(ContainerRegistrationKeys.LINK);
  const stock = { stock_location_id: location };
  await links.create([
    { [Modules.STOCK_LOCATION]: stock, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } },
    { [Modules.STOCK_LOCATION]: stock, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } },
  ]);
  await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Post",
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: set.service_zones[0]?.id ?? "",
        shipping_profile_id: profile,
        type: { label: "Post", description: "Post", code: "post" },
        prices: [{ currency_code: "chf", amount: 9 }],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  });
  return profile;
}

async function createAdministrator(container: Container): Promise<void> {
  const { email, password } = administrator;
  const registered = await container.resolve(Modules.AUTH).register("emailpass", { body: { email, password } });
  await createUserAccountWorkflow(container).run({
    input: { authIdentityId: registered.authIdentity?.id ?? "", userData: { email } },
  });
}
