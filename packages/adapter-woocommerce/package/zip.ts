import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { parsePo, toMo } from "./po.ts";
import { domain, languages, readTexts, toPot } from "./texts.ts";
import { toWhomToCall } from "./whom-to-call.ts";

export const plugin: string = join(import.meta.dirname, "../plugin");

/** The version in the plugin's own header. @throws when its header, its constant and its readme do not agree. */
export function readVersion(folder: string): string {
  const main = readFileSync(join(folder, `${domain}.php`), "utf8");
  const versions = [
    /^ \* Version:\s+(\S+)$/m.exec(main)?.[1],
    /^const VERSION\s+= '(.+)';$/m.exec(main)?.[1],
    /^Stable tag: (\S+)$/m.exec(readFileSync(join(folder, "readme.txt"), "utf8"))?.[1],
  ];
  const [version] = versions;
  if (version === undefined || new Set(versions).size > 1) {
    throw new Error(
      `The plugin's version must be the same in its header, VERSION and readme.txt: ${versions.join(", ")}`,
    );
  }
  return version;
}

/**
 * The files of the zip that a shop owner uploads, with the languages made ready. Paths are those inside it.
 *
 * @throws when a text lacks a translation.
 */
export function toPluginFiles(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    if (statSync(join(folder, name)).isFile()) files.set(name, readFileSync(join(folder, name)));
  }
  const texts = readTexts(folder);
  files.set(`languages/${domain}.pot`, Buffer.from(toPot(texts, readVersion(folder))));
  files.set("data/whom-to-call.json", Buffer.from(toWhomToCall()));
  for (const language of languages) {
    const path = `languages/${domain}-${language}`;
    const entries = parsePo(Buffer.from(files.get(`${path}.po`) ?? []).toString("utf8"));
    const known = new Map(entries.map(({ id, text }) => [id, text]));
    const missing = texts.filter(({ text }) => !known.get(text)).map(({ text }) => text);
    if (missing.length > 0) throw new Error(`${language} lacks: ${missing.join(" | ")}`);
    files.set(`${path}.mo`, toMo(entries));
  }
  return files;
}

/** The zip, the same bytes for the same sources: sorted, and dated as no file system is. */
export function toZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  const content = Object.fromEntries(sorted.map(([path, bytes]) => [`${domain}/${path}`, new Uint8Array(bytes)]));
  // The oldest date that a zip can hold, in the zone of whoever builds: zip has none of its own.
  return zipSync(content, { level: 9, mtime: new Date(1980, 0, 1, 12) });
}
