import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { currencyDigits } from "@checkout-plugins/core";
import { unzipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { parsePo } from "../package/po.ts";
import { domain, languages, readTexts } from "../package/texts.ts";
import { plugin, readVersion, toPluginFiles, toZip } from "../package/zip.ts";
import { php, whyNoPhp } from "./programs.ts";

const files = readdirSync(plugin, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".php"));
const read = (file: string): string => readFileSync(join(plugin, file), "utf8");

describe("in PHP", () => {
  beforeEach(({ skip }) => {
    const why = whyNoPhp();
    if (why !== null) skip(why);
  });

  it("every file compiles", async () => {
    const answers = await Promise.all(files.map((file) => php(["-l", join(plugin, file)])));
    expect(answers.filter((answer) => !answer.startsWith("No syntax errors"))).toEqual([]);
    expect(answers.length).toBeGreaterThan(20);
  });

  it("signatures, amounts and messages agree with the protocol's vectors", async () => {
    const vectors = join(import.meta.dirname, "../../shop-protocol/vectors");
    const facts = JSON.stringify({ digits: Object.fromEntries(currencyDigits) });
    expect(await php([join(import.meta.dirname, "php/run.php"), plugin, vectors, facts])).toMatch(/^2\d{3} checks\n$/);
  });
});

describe("the plugin's source", () => {
  it("has no file of more than 300 lines, and guards each against being called alone", () => {
    expect(files.filter((file) => read(file).split("\n").length > 300)).toEqual([]);
    const guard = /defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/;
    expect(files.filter((file) => !guard.test(read(file)))).toEqual([]);
  });

  it("uses nothing that came after PHP 7.4", () => {
    // What php -l of a later version cannot see. Comments may say anything.
    const later =
      /\?->\s*\w+\?->|\bmatch\s*\(|\benum\s+\w|\breadonly\b|#\[|\bstr_(contains|starts_with|ends_with)\(|\?->|: static\b|: mixed\b|\bpublic function __construct\([^)]*\b(private|public|protected)\b/;
    const codeOf = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    expect(files.filter((file) => later.test(codeOf(file)))).toEqual([]);
  });

  it("touches orders through WooCommerce only, never as posts", () => {
    const posts = /\b(get|update|add|delete)_post_meta\(|\bwp_update_post\(|'shop_order'|\bget_post\(/;
    expect(files.filter((file) => posts.test(read(file)))).toEqual([]);
  });
});

describe("its languages", () => {
  it.each(languages)("%s has every text, with the same places for values", (language) => {
    const entries = new Map(parsePo(read(`languages/${domain}-${language}.po`)).map(({ id, text }) => [id, text]));
    const places = (text: string): readonly string[] => (text.match(/%(\d\$)?s/g) ?? []).toSorted();
    const texts = readTexts(plugin).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(80);
    for (const text of texts) expect(places(entries.get(text) ?? "missing"), text).toEqual(places(text));
    expect([...entries.keys()].filter((id) => id !== "" && !texts.includes(id))).toEqual([]);
  });
});

describe("the zip", () => {
  it("is the same each time, and holds one folder with everything that WordPress needs", () => {
    const zip = toZip(toPluginFiles(plugin));
    expect(Buffer.from(toZip(toPluginFiles(plugin))).equals(zip)).toBe(true);
    const paths = Object.keys(unzipSync(zip));
    expect(paths).toEqual(paths.toSorted());
    expect(paths.every((path) => path.startsWith(`${domain}/`))).toBe(true);
    expect(paths).toEqual(
      expect.arrayContaining(
        [`${domain}.php`, "readme.txt", "uninstall.php", "assets/blocks.js", `languages/${domain}-fr_FR.mo`].map(
          (path) => `${domain}/${path}`,
        ),
      ),
    );
    expect(readVersion(plugin)).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe("the script for the checkout block", () => {
  const createElement = (type: string, props: unknown, ...children: readonly unknown[]) => ({ type, props, children });
  const run = (settings: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] => {
    const registered: Record<string, unknown>[] = [];
    const wc = {
      wcSettings: { getSetting: (name: string, other: unknown) => settings[name] ?? other },
      wcBlocksRegistry: { registerPaymentMethod: (method: Record<string, unknown>) => registered.push(method) },
    };
    const wp = {
      element: { createElement },
      htmlEntities: { decodeEntities: (text: string) => text.replace("&amp;", "&") },
    };
    const checkoutPluginsPostfinance = ["checkout_plugins_postfinance", "checkout_plugins_postfinance_8001"];
    runInNewContext(read("assets/blocks.js"), { window: { wc, wp, checkoutPluginsPostfinance } });
    return registered;
  };

  it("registers our method with its name, its text and what it can do", () => {
    const [method] = run({
      checkout_plugins_postfinance_data: {
        title: "Card &amp; TWINT",
        description: "You pay there.",
        supports: ["products", "refunds"],
      },
    });
    expect(method).toMatchObject({
      name: "checkout_plugins_postfinance",
      label: { type: "span", children: ["Card & TWINT"] },
      ariaLabel: "Card & TWINT",
      content: { children: ["You pay there."] },
      edit: { children: ["You pay there."] },
      supports: { features: ["products", "refunds"] },
    });
    expect(method?.canMakePayment).toSatisfy((canPay: () => boolean) => canPay());
  });

  it("registers each that is offered, with its picture", () => {
    const methods = run({
      checkout_plugins_postfinance_8001_data: { title: "TWINT", description: "", picture: "https://a.test/twint.svg" },
    });
    expect(methods).toMatchObject([
      {
        name: "checkout_plugins_postfinance_8001",
        ariaLabel: "TWINT",
        label: {
          children: [{ children: ["TWINT"] }, { type: "img", props: { src: "https://a.test/twint.svg", alt: "" } }],
        },
      },
    ]);
  });

  it("registers nothing that is not offered", () => {
    expect(run({})).toEqual([]);
  });
});
