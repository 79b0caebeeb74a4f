import { type Product, products } from "./products.ts";

/** What the shop sells and how many there are left. In memory: a real shop has a table here. */
export interface Catalogue {
  list(): readonly Product[];
  find(id: string): Product | undefined;
  /** Pieces left. Below 0 when more were paid for than there were: a person orders more, or calls the buyer. */
  stock(id: string): number;
  /** Takes pieces out of the stock; a negative number puts them back. */
  take(id: string, pieces: number): void;
}

export function createCatalogue(): Catalogue {
  const byId = new Map(products.map((product) => [product.id, product]));
  const stock = new Map(products.map((product) => [product.id, product.stock]));
  return {
    list: () => products,
    find: (id) => byId.get(id),
    stock: (id) => stock.get(id) ?? 0,
    take(id, pieces) {
      const left = stock.get(id);
      if (left === undefined) throw new RangeError(`There is no product "${id}" in the catalogue`);
      stock.set(id, left - pieces);
    },
  };
}
