import { build } from "@medusajs/admin-bundler";
import { build as bundle } from "tsdown";

// Medusa's admin with the pages of our plugin; `medusa start` serves it from there.
await build({
  path: "/app",
  backendUrl: "/",
  outDir: "public/admin",
  sources: [],
  plugins: ["@medusajs/draft-order/admin", "@checkout-plugins/adapter-medusa/admin"],
});

// What the storefront's page loads, our helpers among it.
await bundle({
  config: false,
  entry: { shop: "src/browser/shop.ts" },
  outDir: "public/shop",
  format: "esm",
  platform: "browser",
  deps: { alwaysBundle: [/^@checkout-plugins\//] },
  outExtensions: () => ({ js: ".js" }),
  dts: false,
  logLevel: "warn",
});
