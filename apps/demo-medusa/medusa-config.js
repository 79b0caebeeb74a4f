import { defineConfig } from "@medusajs/framework/utils";

const { DATABASE_URL, SHOP_URL, SERVICE_URL, SPACE_ID, APPLICATION_USER_ID, AUTHENTICATION_KEY, SHOP_SECRET } =
  process.env;

export default defineConfig({
  projectConfig: {
    databaseUrl: DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      storeCors: SHOP_URL,
      adminCors: SHOP_URL,
      authCors: SHOP_URL,
      jwtSecret: SHOP_SECRET,
      cookieSecret: SHOP_SECRET,
    },
    // The demo runs without TLS.
    cookieOptions: { secure: false, sameSite: "lax" },
  },
  plugins: [{ resolve: "@checkout-plugins/adapter-medusa", options: {} }],
  modules: [
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
          {
            resolve: "@checkout-plugins/adapter-medusa/providers/postfinance-checkout",
            id: "default",
            options: {
              spaceId: SPACE_ID,
              userId: APPLICATION_USER_ID,
              authenticationKey: AUTHENTICATION_KEY,
              serviceUrl: SERVICE_URL,
              backendUrl: SHOP_URL,
              completion: "deferred",
              returnTo: { order: `${SHOP_URL}/shop/order/{order}`, checkout: `${SHOP_URL}/shop` },
            },
          },
        ],
      },
    },
  ],
});
