import {
  type Environment,
  type HandSetup,
  isPaymentError,
  type Methods,
  type PaymentReference,
  type ShopId,
  type ShopRecord,
  type ShopTerms,
} from "@checkout-plugins/core";
import { toPairingCode } from "@checkout-plugins/shop-protocol";
import type { Hono } from "hono";
import type { Html } from "../console/page.ts";
import type { PageEnv } from "../console/pages.ts";
import { checkSpaces } from "./check-spaces.ts";
import { readerOf, toFaultPage } from "./door.ts";
import { type FormModel, toNewShopPage } from "./form-page.ts";
import type { Notice, Reader } from "./frame.ts";
import { readEntries, type SetupEntries } from "./hand-setup.ts";
import { toListPage } from "./list-page.ts";
import type { ManageContext, ManageParts } from "./route.ts";
import { type FieldFaults, readShopForm, type ShopForm, type ShopInput, toShopForm } from "./shop-input.ts";
import { toShopPage } from "./shop-page.ts";

/** Milliseconds in which the service must answer a check. */
const patience = 15_000;
/** Shops of a page. */
const listed = 100;
const none = (): boolean => false;

export function addShopRoutes(app: Hono<PageEnv>, parts: ManageParts): void {
  const { store } = parts;
  app.get("/shops", async (c) => c.html(await listPage(parts, readerOf(c), c.req.query("after") ?? null)));
  addNewShopRoutes(app, parts);

  const withShop =
    (work: (c: ManageContext, record: ShopRecord) => Response | Promise<Response>) => async (c: ManageContext) => {
      const record = await store.read((c.req.param("shop") ?? "") as ShopId);
      return record === null ? c.html(toFaultPage(readerOf(c), "notFound"), 404) : work(c, record);
    };
  /** Only what was shown is changed: not what somebody else made of it meanwhile. */
  const change = async (c: ManageContext, record: ShopRecord, what: Parameters<typeof store.change>[2]) => {
    const isSame = c.get("form").version === String(record.version);
    const changed = isSame ? await store.change(record.id, record.version, what) : null;
    if (changed !== null) return c.redirect(`/manage/shops/${record.id}`, 303);
    const now = (await store.read(record.id)) ?? record;
    return showShop(parts, c, now, { notice: { kind: "bad", text: readerOf(c).say.form.changed } }, 409);
  };
  app.get(
    "/shops/:shop",
    withShop((c, record) => showShop(parts, c, record, {})),
  );
  app.post(
    "/shops/:shop",
    withShop(async (c, record) => {
      const form = toShopForm(c.get("form"));
      const hasKey = await keysOf(parts, record);
      const readKey = (environment: Environment) => store.readKey(record.id, environment);
      const read = await readAndCheck(parts, form, [record.platform], hasKey, readKey);
      if ("faults" in read) {
        const notice: Notice = { kind: "bad", text: readerOf(c).say.form.wrong };
        return showShop(parts, c, record, { notice, form, faults: read.faults }, 422);
      }
      const { terms, keys } = read.input;
      const environment: Environment = terms[record.terms.environment] === null ? "test" : record.terms.environment;
      return change(c, record, { terms: { ...record.terms, ...terms, environment }, keys });
    }),
  );
  app.post(
    "/shops/:shop/switch",
    withShop((c, record) => {
      const to: Environment = c.get("form").to === "live" ? "live" : "test";
      const { say } = readerOf(c);
      if (record.terms[to] === null) {
        const text = to === "live" ? say.switch.noLive : say.switch.noTest;
        return showShop(parts, c, record, { notice: { kind: "bad", text } }, 422);
      }
      return change(c, record, { terms: { ...record.terms, environment: to } });
    }),
  );
  app.post(
    "/shops/:shop/code",
    withShop(async (c, record) => {
      if (!paired(parts).includes(record.platform)) return c.html(toFaultPage(readerOf(c), "notFound"), 404);
      const pairing = await store.openPairing(record.id);
      if (pairing === null) return c.html(toFaultPage(readerOf(c), "notFound"), 404);
      const { id, key } = pairing;
      const code = toPairingCode({ gateway: parts.url(), platform: record.platform, id, key });
      return showShop(parts, c, record, { code });
    }),
  );
  app.post(
    "/shops/:shop/remove",
    withShop(async (c, record) => {
      const { say } = readerOf(c);
      if (c.get("form").sure !== "yes") {
        return showShop(parts, c, record, { notice: { kind: "bad", text: say.remove.unconfirmed } }, 422);
      }
      await store.disable(record.id);
      return c.redirect(`/manage/shops/${record.id}`, 303);
    }),
  );
}

/** Those of a shop that is not there yet. */
function addNewShopRoutes(app: Hono<PageEnv>, parts: ManageParts): void {
  app.get("/shops/new", (c) => {
    const form = toShopForm({ platform: c.req.query("platform") });
    return c.html(toNewShopPage(readerOf(c), newForm(parts, form, {}, { entries: {}, faults: {} })));
  });
  app.post("/shops", async (c) => {
    const form = toShopForm(c.get("form"));
    const setup = setupOf(parts, form.platform);
    const typed = setup ? readEntries(setup, c.get("form")) : { entries: {}, faults: {} };
    const refuse = (faults: FieldFaults) =>
      c.html(toNewShopPage(readerOf(c), newForm(parts, form, faults, typed)), 422);
    const read = await readAndCheck(parts, form, [...paired(parts), ...byHand(parts)], none, async () => null);
    if ("faults" in read) return refuse(read.faults);
    if (Object.keys(typed.faults).length > 0) return refuse({});
    const { platform, terms, keys } = read.input;
    const environment: Environment = terms.test === null ? "live" : "test";
    // The address of any other is known when it is paired.
    const shop = setup?.read(typed.entries) ?? { key: `new:${parts.createId()}`, settings: null };
    const all: ShopTerms = { ...terms, environment };
    const record = await parts.store.add({ platform, ...shop, terms: all, keys });
    return record === null ? refuse({ name: "exists" }) : c.redirect(`/manage/shops/${record.id}`, 303);
  });
}

/** Platforms whose shops are connected by a code. */
function paired({ platforms }: ManageParts): readonly string[] {
  return platforms.filter(({ isPaired }) => isPaired).map(({ platform }) => platform);
}

async function listPage(parts: ManageParts, reader: Reader, after: string | null): Promise<Html> {
  const { fixed, connections, store } = parts;
  const records = await store.list({ after: after as ShopId | null, limit: listed });
  const ofEnvironment = fixed.map(({ id, adapter }) => ({
    id,
    platform: adapter.platform,
    record: null,
    connections: connections.list(id),
  }));
  const kept = records.map((record) => ({
    id: record.id,
    platform: record.platform,
    record,
    connections: record.disabledOn === null ? connections.list(record.id) : [],
  }));
  const next = records.length < listed ? null : (records.at(-1)?.id ?? null);
  return toListPage(reader, [...(after === null ? ofEnvironment : []), ...kept], next);
}

/** Platforms whose shops are connected by what is entered here. */
function byHand({ platforms }: ManageParts): readonly string[] {
  return platforms.filter(({ setup }) => setup !== undefined).map(({ platform }) => platform);
}

function setupOf({ platforms }: ManageParts, name: string): HandSetup | undefined {
  return platforms.find(({ platform }) => platform === name)?.setup;
}

function newForm(parts: ManageParts, form: ShopForm, faults: FieldFaults, typed: SetupEntries): FormModel {
  const setup = setupOf(parts, form.platform);
  return {
    form,
    faults,
    platforms: paired(parts),
    hasKey: none,
    action: "/manage/shops",
    version: null,
    setup: setup ? { ...typed, fields: setup.fields } : null,
    others: setup ? [] : byHand(parts),
  };
}

async function readAndCheck(
  { createClient }: ManageParts,
  form: ShopForm,
  platforms: readonly string[],
  hasKey: (environment: Environment) => boolean,
  readKept: (environment: Environment) => Promise<string | null>,
): Promise<{ readonly input: ShopInput } | { readonly faults: FieldFaults }> {
  const read = readShopForm(form, platforms, hasKey);
  if ("faults" in read) return read;
  const { terms, keys } = read.input;
  const readKey = async (environment: Environment) => keys[environment] ?? readKept(environment);
  const signal = AbortSignal.timeout(patience);
  const faults = await checkSpaces(terms, { createClient, readKey, signal });
  return Object.keys(faults).length === 0 ? read : { faults };
}

async function keysOf({ store }: ManageParts, { id }: ShopRecord): Promise<(environment: Environment) => boolean> {
  const [live, test] = await Promise.all([store.readKey(id, "live"), store.readKey(id, "test")]);
  return (environment) => (environment === "live" ? live : test) !== null;
}

interface Shown {
  readonly notice?: Notice;
  readonly code?: string;
  readonly form?: ShopForm;
  readonly faults?: FieldFaults;
}

async function showShop(
  parts: ManageParts,
  c: ManageContext,
  record: ShopRecord,
  { notice, code, form, faults = {} }: Shown,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const reader = readerOf(c);
  const [methods, hasKey] = await Promise.all([listMethods(parts, record, c.get("language")), keysOf(parts, record)]);
  const removed: Notice | undefined =
    record.disabledOn === null ? undefined : { kind: "good", text: reader.say.remove.done };
  const action = `/manage/shops/${record.id}`;
  const model: FormModel = {
    form: form ?? formOf(record),
    faults,
    platforms: [record.platform],
    hasKey,
    action,
    version: record.version,
  };
  const page = toShopPage(reader, {
    record,
    connections: parts.connections.list(record.id),
    methods,
    form: model,
    pairing: paired(parts).includes(record.platform) ? { code: code ?? null } : null,
    notice: notice ?? removed,
  });
  return c.html(page, status);
}

function formOf({ platform, terms }: ShopRecord): ShopForm {
  const { name, test, live, integration, completion, doublePayment } = terms;
  return toShopForm({
    name,
    platform,
    testSpace: test?.space,
    testUser: test?.userId,
    liveSpace: live?.space,
    liveUser: live?.userId,
    integration,
    completion,
    doublePayment,
  });
}

async function listMethods(
  { core }: ManageParts,
  record: ShopRecord,
  language: string,
): Promise<Methods | string | null> {
  const { environment, integration } = record.terms;
  if (record.settings === null || record.disabledOn !== null || record.terms[environment] === null) return null;
  try {
    const result = await core.runCommand(
      record.id,
      {
        kind: "methods",
        reference: "" as PaymentReference,
        integration,
        order: null,
        language,
        test: environment === "test",
        explain: true,
      },
      AbortSignal.timeout(patience),
    );
    return result.kind === "successful" ? result.answer : result.kind;
  } catch (error) {
    if (isPaymentError(error)) return error.message;
    throw error;
  }
}
