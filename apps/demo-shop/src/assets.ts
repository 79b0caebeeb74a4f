import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** The files that pages refer to: one style sheet, two small scripts, the pictures. */
export interface Assets {
  /** `/assets/style.css?v=3f2a…`: it changes with the file, so browsers may keep the file for ever. */
  address(name: string): string;
  find(name: string): Asset | undefined;
}

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Reads them all, once. */
export function readAssets(folder: URL = new URL("./assets/", import.meta.url)): Assets {
  const assets = new Map<string, Asset & { readonly address: string }>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const type = types[name.split(".").at(-1) ?? ""];
    if (type === undefined) continue;
    const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
    const version = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const path = name.replaceAll("\\", "/");
    assets.set(path, { bytes, type, address: `/assets/${path}?v=${version}` });
  }
  return {
    find: (name) => assets.get(name),
    address(name) {
      const asset = assets.get(name);
      if (asset === undefined) throw new RangeError(`There is no file "${name}" in ${folder.pathname}`);
      return asset.address;
    },
  };
}
