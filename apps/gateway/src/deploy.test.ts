import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

function read(name: string): string {
  return readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
}

/** The assignments of an environment file, those that are commented out too. */
function toVariables(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").map((line) => /^#?([A-Z_]+)=(.*)$/.exec(line));
  return Object.fromEntries(lines.flatMap((found) => (found === null ? [] : [[found[1] ?? "", found[2] ?? ""]])));
}

it("the environment file of the guide is read, with all that it offers", () => {
  const variables = toVariables(read("deploy/gateway.env.example"));
  const given = { ...variables, CONSOLE_PASSWORD: "correct horse battery" };
  expect(readEnvironment(given)).toMatchObject({
    port: 4001,
    gatewayUrl: "https://pay.example.ch",
    notices: {
      contact: { email: "owner@example.ch", language: "de" },
      mailer: { from: "Payments <payments@example.ch>" },
    },
  });
  for (const name of Object.keys(variables)) expect(read("README.md")).toContain(`\`${name}\``);
});

it("the guide, the unit, the images and the proxies name the same port, paths and limits", () => {
  const [unit, image, nginx, caddy] = [
    "checkout-plugins-gateway.service",
    "Containerfile",
    "nginx.conf",
    "Caddyfile",
  ].map((name) => read(`deploy/${name}`));
  expect(unit).toContain("/opt/checkout-plugins/apps/gateway/src/main.ts");
  expect(read("docs/deploy.md")).toContain("/opt/checkout-plugins");
  for (const text of [image, nginx, caddy]) expect(text).toContain("4001");
  for (const text of [nginx, caddy]) expect(text).toMatch(/512k/i);
  expect(unit).toContain("EnvironmentFile=/etc/checkout-plugins/gateway.env");
  expect(read("docs/deploy.md")).toContain("/etc/checkout-plugins/gateway.env");
});
