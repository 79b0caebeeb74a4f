import { toPairingCode } from "@checkout-plugins/adapter-woocommerce";
import { EnvironmentError, readEnvironment } from "./environment.ts";

/** Prints the code that a shop owner pastes into the WooCommerce plugin, out of the gateway's own environment. */
try {
  const { gatewayUrl, shop } = readEnvironment(process.env);
  if (shop === null) {
    throw new EnvironmentError(
      "The environment names no shop (SHOP_ID, SHOP_SECRET …). Codes of all other shops are made in the gateway's console.",
    );
  }
  if (gatewayUrl === null) {
    throw new EnvironmentError("Set GATEWAY_URL to the address at which the shop reaches this gateway.");
  }
  console.log(toPairingCode({ gatewayUrl, shopId: shop.id, secret: shop.secret }));
  console.error(
    "Paste it into WooCommerce > Settings > Payments > PostFinance Checkout. It holds the secret of the shop.",
  );
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  process.exitCode = 1;
}
