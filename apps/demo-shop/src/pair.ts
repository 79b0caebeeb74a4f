import { randomBytes, randomUUID } from "node:crypto";
import { pairShop } from "@checkout-plugins/shop-protocol";

const usage = `Usage: node src/pair.ts <pairing code> <address of this shop>

Exchanges a code of the gateway's console for the settings of this shop, and prints them: set them, and start it. The
gateway must reach the address.`;

/** What this shop is started with. @throws Error with what to do. */
async function pair(code: string, address: string): Promise<string> {
  if (!URL.canParse(address))
    throw new Error(`${address} is no address; it must be one such as https://shop.example.ch.`);
  const { gatewayUrl, shopId, secret } = await pairShop({
    code,
    settings: { showUrl: new URL("/payments/show", address).href },
    nonce: randomBytes(32).toString("base64"),
    now: Date.now,
    createId: randomUUID,
  });
  return `GATEWAY_URL=${gatewayUrl}\nSHOP_ID=${shopId}\nSHOP_SECRET=${secret}\nSHOP_URL=${address}`;
}

const [code, address] = process.argv.slice(2);
if (code === undefined || address === undefined) {
  console.error(usage);
  process.exitCode = 1;
} else {
  try {
    console.log(await pair(code, address));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
