import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const domain = "checkout-plugins-for-postfinance";
export const languages: readonly string[] = ["de_DE", "fr_FR", "it_IT"];

/** A text that the plugin translates, and the files in which it stands. */
export interface SourceText {
  readonly text: string;
  readonly files: readonly string[];
}

const call = /\b(?:__|_e|esc_html__|esc_html_e|esc_attr__)\(\s*'((?:[^'\\]|\\.)*)',\s*'([^']*)'\s*\)/g;

/** Every text of the plugin's PHP, in the order of its files. @throws when a call names another text domain. */
export function readTexts(plugin: string): readonly SourceText[] {
  const found = new Map<string, Set<string>>();
  for (const file of listPhp(plugin)) {
    for (const [, text = "", ours] of readFileSync(join(plugin, file), "utf8").matchAll(call)) {
      if (ours !== domain) throw new Error(`${file}: "${text}" is in the text domain "${ours}", not "${domain}"`);
      const plain = text.replace(/\\(['\\])/g, "$1");
      found.set(plain, (found.get(plain) ?? new Set()).add(file));
    }
  }
  return [...found].map(([text, files]) => ({ text, files: [...files] }));
}

/** The template from which a translator begins. */
export function toPot(texts: readonly SourceText[], version: string): string {
  const header = [
    'msgid ""',
    'msgstr ""',
    `"Project-Id-Version: ${domain} ${version}\\n"`,
    '"MIME-Version: 1.0\\n"',
    '"Content-Type: text/plain; charset=UTF-8\\n"',
    '"Content-Transfer-Encoding: 8bit\\n"',
  ].join("\n");
  const blocks = texts.map(({ text, files }) => `#: ${files.join(" ")}\nmsgid ${JSON.stringify(text)}\nmsgstr ""`);
  return `${[header, ...blocks].join("\n\n")}\n`;
}

function listPhp(plugin: string): readonly string[] {
  const names = readdirSync(plugin, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  return names.filter((name) => name.endsWith(".php")).sort();
}
