import { createAddressGuard } from "./guarded-fetch.ts";

/** What is wrong with the addresses that these variables name, each a sentence after the variable's name. */
export function findRefusedAddresses(
  addresses: Readonly<Record<string, string | null | undefined>>,
  allowPrivate: boolean,
): readonly { readonly path: readonly [string]; readonly message: string }[] {
  const { check } = createAddressGuard({ allowPrivate });
  return Object.entries(addresses).flatMap(([name, address]) => {
    try {
      if (address) check(address);
      return [];
    } catch (error) {
      return [{ path: [name] as const, message: `cannot be used. ${(error as Error).message}` }];
    }
  });
}
