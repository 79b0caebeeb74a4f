import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { domain } from "./texts.ts";
import { plugin, readVersion, toPluginFiles, toZip } from "./zip.ts";

const folder = join(import.meta.dirname, "../dist-plugin");
const file = join(folder, `${domain}-${readVersion(plugin)}.zip`);
const zip = toZip(toPluginFiles(plugin));
mkdirSync(folder, { recursive: true });
writeFileSync(file, zip);
console.log(`${file} (${Math.ceil(zip.length / 1024)} KB)`);
