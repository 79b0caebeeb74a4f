import { createOpenApi } from "@checkout-plugins/shop-protocol";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";

/** As `fetch`, for a shop that speaks to the gateway: what is sent and answered must be as the gateway's document says. */
export function createCheckedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(createOpenApi({ gatewayUrl: "http://localhost" }), "openapi");
  const check = (name: string, value: unknown): void => {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
    if (validate === undefined) throw new Error(`The document has no ${name}`);
    if (validate(value)) return;
    throw new Error(`Not as /openapi.json says: ${name} ${toText(validate.errors)}`);
  };
  return async (address, init) => {
    const response = await fetch(address, init);
    if (!/^\/shops\/[^/]+\/commands$/.test(new URL(String(address)).pathname)) return response;
    const sent = JSON.parse(String(init?.body)) as { readonly kind: string };
    const name = sent.kind.charAt(0).toUpperCase() + sent.kind.slice(1);
    const answer: unknown = await response.clone().json();
    if (response.ok) {
      check(`${name}Command`, sent);
      check(`${name}Result`, answer);
    } else {
      check("Fault", answer);
    }
    return response;
  };
}

function toText(errors: readonly ErrorObject[] | null | undefined): string {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ");
}
