import { type MethodKind, paymentMethods } from "../catalogue/methods.ts";

const drawings: Readonly<Record<MethodKind, string>> = {
  card: '<rect x="9" y="7" width="26" height="16" rx="2.5"/><path d="M9 12h26M13 18.5h7"/>',
  app: '<rect x="16.5" y="4.5" width="11" height="21" rx="2.5"/><path d="M20.5 22h3"/>',
  invoice: '<path d="M14.5 4.5h11l4 4v17h-15z"/><path d="M18 13h8M18 17h8M18 21h5"/>',
};

/** A neutral picture of a method, by the path of its resource; undefined when there is none. */
export function methodIcon(path: string): string | undefined {
  const method = Object.values(paymentMethods).find((candidate) => candidate.image === path);
  if (method === undefined) return undefined;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="30" viewBox="0 0 44 30"><rect x=".5" y=".5" width="43" height="29" rx="4" fill="#fff" stroke="#d5dae1"/><g fill="none" stroke="#3d4b5c" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${drawings[method.kind]}</g></svg>`;
}
