import { describe, expect, it } from "vitest";
import { EnvironmentError, readEnvironment } from "./environment.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const least = {
  SPACE_ID: "70001",
  APPLICATION_USER_ID: "12345",
  AUTHENTICATION_KEY: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  SHOP_ID: "my-shop",
  SHOP_SECRET: secret,
  SHOP_SHOW_URL: "https://shop.example.ch/payments/show",
};

function faultOf(variables: Record<string, string | undefined>): string {
  try {
    readEnvironment(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
  throw new Error("was accepted");
}

describe("readEnvironment", () => {
  it("needs a space, a user and a shop, and takes the rest as it is usually wanted", () => {
    expect(readEnvironment({ ...least, PATH: "/bin", GATEWAY_URL: " " })).toEqual({
      port: null,
      host: "127.0.0.1",
      gatewayUrl: null,
      serviceUrl: "https://checkout.postfinance.ch",
      shop: {
        id: "my-shop",
        secret,
        previousSecret: null,
        showUrl: least.SHOP_SHOW_URL,
        siteUrl: null,
        liveSpace: "70001",
        testSpace: null,
        userId: "12345",
        authenticationKey: least.AUTHENTICATION_KEY,
      },
      database: { file: "checkout-plugins.sqlite" },
      encryptionKeys: null,
      doublePayment: "resolve",
      lease: 60,
      requestLimit: null,
      logLevel: "info",
      notices: { contact: null, mailer: null },
      operations: { metricsToken: null, retentionDays: null, drainSeconds: 1, allowPrivate: false },
      shopify: {
        app: null,
        caFile: null,
        certificateHeader: "x-client-cert",
        trustedProxies: [],
        tls: null,
        shop: null,
      },
      consolePassword: null,
    });
  });

  it("takes everything that may be set", () => {
    const all = readEnvironment({
      ...least,
      PORT: "0",
      HOST: "0.0.0.0",
      GATEWAY_URL: "https://pay.example.ch/",
      SERVICE_URL: "http://localhost:4000",
      SPACE_ID: "",
      TEST_SPACE_ID: "70002",
      SHOP_PREVIOUS_SECRET: secret,
      DATABASE_URL: "postgres://me:pass@db.example.ch/payments",
      ENCRYPTION_KEYS: `${least.AUTHENTICATION_KEY}, AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=`,
      DOUBLE_PAYMENT: "tell",
      LEASE_SECONDS: "10",
      REQUEST_LIMIT: "600",
      CONSOLE_PASSWORD: "correct horse battery",
    });
    expect(all).toMatchObject({
      port: 0,
      host: "0.0.0.0",
      gatewayUrl: "https://pay.example.ch",
      serviceUrl: "http://localhost:4000",
      shop: { liveSpace: null, testSpace: "70002" },
      database: { connectionString: "postgres://me:pass@db.example.ch/payments" },
      encryptionKeys: [Buffer.from([...Array(32).keys()]), Buffer.from([1, ...Array(32).keys()].toSpliced(1, 1))],
      doublePayment: "tell",
      lease: 10,
      requestLimit: 600,
      consolePassword: "correct horse battery",
    });
  });

  it("needs nothing at all where shops are added in the console", () => {
    expect(readEnvironment({ PATH: "/bin" })).toMatchObject({ shop: null, port: null, encryptionKeys: null });
  });

  it("takes WordPress's address of a WooCommerce shop instead, but not both", () => {
    const { SHOP_SHOW_URL: _, ...rest } = least;
    const { shop } = readEnvironment({ ...rest, SHOP_SITE_URL: "https://shop.example.ch/" });
    expect(shop).toMatchObject({ showUrl: null, siteUrl: "https://shop.example.ch" });
    expect(faultOf({ ...least, SHOP_SITE_URL: "https://shop.example.ch" })).toContain("not both");
  });

  it("allows this machine and its network only by name", () => {
    const near = {
      ...least,
      SHOP_SHOW_URL: "http://localhost:4000/show",
      NOTIFY_WEBHOOK_URL: "http://10.0.0.7/events",
    };
    const all = { ...near, NOTIFY_WEBHOOK_SECRET: secret, PRIVATE_ADDRESSES: "allow" };
    expect(readEnvironment(all)).toMatchObject({ operations: { allowPrivate: true } });
    const { SHOP_SHOW_URL: _, ...rest } = least;
    expect(faultOf({ ...rest, SHOP_SITE_URL: "http://localhost" })).toContain("SHOP_SITE_URL cannot be used");
  });

  it("names every variable that is missing at once, and says where its value comes from", () => {
    const text = faultOf({ SHOP_PREVIOUS_SECRET: secret });
    for (const name of ["APPLICATION_USER_ID", "AUTHENTICATION_KEY", "SHOP_ID", "SHOP_SECRET", "SHOP_SHOW_URL"]) {
      expect(text).toContain(`\n  ${name} `);
    }
    expect(text).toContain("\n  SPACE_ID is missing: the id of your space");
    expect(text).toContain("Application users");
    expect(text).toContain("openssl rand -base64 32");
  });

  it.each([
    ["PORT", "http", "PORT"],
    ["PORT", "70000", "must be a port"],
    ["ENCRYPTION_KEYS", "c2hvcnQ=", "openssl rand -base64 32"],
    ["GATEWAY_URL", "pay.example.ch", "https://pay.example.ch"],
    ["GATEWAY_URL", "https://pay.example.ch/?a=1", "no query"],
    ["SERVICE_URL", "https://checkout.postfinance.ch/api/v2.0", "must have no path"],
    ["SPACE_ID", "my space", "digits only"],
    ["APPLICATION_USER_ID", "user@example.ch", "digits only"],
    ["AUTHENTICATION_KEY", "not base64!", "exactly as it was shown"],
    ["SHOP_ID", "my shop", "letters, digits"],
    ["SHOP_SECRET", "hunter2", "whsec_"],
    ["SHOP_SHOW_URL", "/payments/show", "takes payments"],
    ["SHOP_SHOW_URL", "http://shop.local/show", "PRIVATE_ADDRESSES=allow"],
    ["SHOP_SHOW_URL", "https://10.0.0.7/show", "PRIVATE_ADDRESSES=allow"],
    ["NOTIFY_WEBHOOK_URL", "http://erp.local", "cannot be used"],
    ["NOTIFY_WEBHOOK_URL", "https://10.0.0.7", "PRIVATE_ADDRESSES=allow"],
    ["PRIVATE_ADDRESSES", "yes", '"refuse" or "allow"'],
    ["DOUBLE_PAYMENT", "yes", '"resolve" or "tell"'],
    ["LOG_LEVEL", "loud", "debug, info, warn, error"],
    ["METRICS_TOKEN", "short", "at least 16"],
    ["RETENTION_DAYS", "30", "90 or more"],
    ["DRAIN_SECONDS", "600", "0 to 60"],
    ["CONSOLE_PASSWORD", "short", "at least 12"],
    ["TEST_SPACE_ID", "70001", "another space than SPACE_ID"],
  ])("refuses %s=%s without repeating it", (name, value, text) => {
    const fault = faultOf({ ...least, [name]: value });
    expect(fault).toContain(`  ${name} `);
    expect(fault).toContain(text);
    if (name.includes("SECRET") || name.includes("KEY") || name.includes("PASSWORD"))
      expect(fault).not.toContain(value);
  });
});
