/** Of the demo, which runs on this machine and forgets everything. */
export const administrator = { email: "admin@example.ch", password: "supersecret" } as const;

export const products: readonly { readonly title: string; readonly sku: string; readonly francs: number }[] = [
  { title: "Emailtasse", sku: "MUG", francs: 24.5 },
  { title: "Wolldecke", sku: "BLANKET", francs: 129 },
  { title: "Taschenmesser", sku: "KNIFE", francs: 39.9 },
];

/** Title of the publishable key of our page: Medusa makes another one by itself, for a sales channel without delivery. */
export const storefrontKey = "Demo storefront";
