import type { Core, Method, PaymentReference, ShopId } from "@checkout-plugins/core";

/** What a page shows of a space's methods may be so old. Milliseconds. */
const lifetime = 600_000;

export interface KnownMethods {
  /** Of the provider's space, by their names in this language. Empty while the service does not tell. */
  list(provider: ShopId, test: boolean, language: string): Promise<readonly Method[]>;
}

/** Remembers the methods of each space, so that a page of the admin asks the service once in ten minutes at most. */
export function createKnownMethods({ core, now }: { readonly core: Core; readonly now: () => number }): KnownMethods {
  const known = new Map<string, { readonly until: number; readonly methods: Promise<readonly Method[]> }>();
  const read = async (provider: ShopId, test: boolean, language: string): Promise<readonly Method[]> => {
    const asked = { kind: "methods", reference: "" as PaymentReference, integration: "page", order: null } as const;
    const result = await core.runCommand(provider, { ...asked, language, test, explain: false });
    return result.kind === "successful" ? result.answer.offered : [];
  };
  return {
    async list(provider, test, language) {
      const key = `${provider} ${language}`;
      const kept = known.get(key);
      if (kept !== undefined && kept.until > now()) return kept.methods;
      // A picture that is not there harms nobody, and the page says on its own what is wrong with the connection.
      const methods = read(provider, test, language).catch(() => []);
      known.set(key, { until: now() + lifetime, methods });
      return methods;
    },
  };
}
