import { build } from "@medusajs/admin-bundler";

// Medusa's admin with the pages of our plugin; `medusa start` serves it from there.
await build({
  path: "/app",
  backendUrl: "/",
  outDir: "public/admin",
  sources: [],
  plugins: ["@medusajs/draft-order/admin", "@checkout-plugins/adapter-medusa/admin"],
});
