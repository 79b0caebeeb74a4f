import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { type Commands, type Hint, type ShopKey, toDecimal, toMoney } from "@checkout-plugins/core";
import type { Customer, Intent } from "./customer.ts";
import { type Gateway, liveSpace, shopId, testSpace } from "./gateway.ts";
import { toCommand, toStart } from "./orders.ts";
import type { Scene } from "./scene.ts";
import { visitPage } from "./world.ts";

/** Something that somebody does, at any time. Where it is not possible, nothing happens. */
export interface Deed {
  readonly weight: number;
  readonly run: (scene: Scene) => void;
}

const anyGateway = ({ random, gateways }: Scene): Gateway => random.pick(gateways());

function anyPage(scene: Scene): { readonly customer: Customer; readonly id: ServiceId } | null {
  const customer = scene.random.pick(scene.customers);
  const pages = [...customer.pages];
  return pages.length === 0 ? null : { customer, id: scene.random.pick(pages) };
}

/** The buyer presses "pay", perhaps with another cart, perhaps in two tabs. */
function startPaying(scene: Scene): void {
  const customer = scene.random.pick(scene.customers);
  if (customer.starting === 0 && scene.random.chance(0.2)) customer.total = scene.random.pick([1000, 2995, 5000]);
  const { total } = customer;
  if (customer.starting > 0 && !customer.wanted.has(total)) return;
  customer.wanted = new Set([...customer.wanted, total]);
  customer.starting += 1;
  const end = (): void => {
    customer.starting -= 1;
  };
  scene.spawn(
    `start ${customer.reference} over ${total}`,
    anyGateway(scene),
    async (core) => {
      const result = await core.startPayment(shopId, toStart(customer)).finally(end);
      scene.events.push(`start ${customer.reference} over ${total} is answered ${result.kind}`);
      if (result.kind !== "successful" || result.answer.kind !== "redirect") return;
      if (customer.starting === 0) customer.wanted = new Set([total]);
      customer.pages.add(result.answer.url.split("/").at(-1) as ServiceId);
    },
    end,
  );
}

function visit(scene: Scene, wish: Parameters<typeof visitPage>[2]): void {
  const page = anyPage(scene);
  if (page === null) return;
  visitPage(scene.world, page.id, wish);
  scene.events.push(`buyer: ${wish} ${page.id}, now ${scene.world.find(page.id).state}`);
}

function comeBack(scene: Scene): void {
  const { reference } = scene.random.pick(scene.customers);
  scene.spawn(`return ${reference}`, anyGateway(scene), async (core) => {
    await core.runCommand(shopId, { kind: "return", reference });
  });
}

function deliverWebhook(scene: Scene): void {
  const { announcements, answers, clock } = scene.world;
  if (announcements.length === 0) return;
  const index = scene.random.below(announcements.length);
  const [announced] = scene.random.chance(0.2) ? announcements.slice(index) : announcements.splice(index, 1);
  if (announced === undefined || scene.random.chance(0.15)) return;
  const state = answers.webhookSignature === "signed" ? announced.state : null;
  const hint: Hint = { ...announced, state, reading: null };
  const gateway = anyGateway(scene);
  scene.spawn(`webhook ${hint.entity} ${hint.id} ${hint.state}`, gateway, async () => {
    await gateway.store.addHints([hint], clock.now());
  });
}

function work(scene: Scene): void {
  scene.spawn("settle", anyGateway(scene), async (core) => {
    await core.settleDue({ total: 5, perShop: 5 });
  });
}

function sweep(scene: Scene): void {
  const { linkedSpaceId } = [...scene.world.transactions.values()][0] ?? {};
  if (linkedSpaceId === undefined) return;
  scene.spawn("sweep", anyGateway(scene), (core) => core.sweep(linkedSpaceId));
}

function press(scene: Scene, customer: Customer, intent: Intent): void {
  if (intent.isRunning || intent.known !== "unknown") return;
  if (!intent.isRowThere) {
    intent.keys.push(scene.createId() as ShopKey);
    intent.isRowThere = true;
  }
  const held = customer.intents.filter(({ kind, isRowThere }) => kind === intent.kind && isRowThere);
  const heldKeys = scene.keepsRows ? "all" : held.flatMap(({ keys }) => keys.slice(-1));
  intent.isRunning = true;
  const forget = (): void => {
    intent.isRunning = false;
    if (!scene.keepsRows && intent.known === "unknown" && scene.random.chance(0.5)) intent.isRowThere = false;
  };
  const command = toCommand(customer, intent, heldKeys) as Commands["refund"];
  const what = `${intent.kind} ${intent.amount ?? ""} of ${customer.reference} with key ${intent.keys.at(-1)}`;
  scene.spawn(
    what,
    anyGateway(scene),
    async (core) => {
      try {
        const result = await core.runCommand(shopId, command);
        scene.events.push(`${what} is told ${result.kind}`);
        if (result.kind === "pending" || intent.known !== "unknown") return;
        intent.known = result.kind;
      } finally {
        forget();
      }
    },
    forget,
  );
}

/** The merchant repeats what he was not told the outcome of; else he may want something new. */
function pressButton(scene: Scene, kind: Intent["kind"]): void {
  const { random } = scene;
  const customer = random.pick(scene.customers);
  if (scene.book.gone.has(customer.reference)) return;
  const open = customer.intents.filter((one) => one.kind === kind && one.known === "unknown");
  const [deleted] = open.filter(({ isRowThere }) => !isRowThere);
  const again = deleted ?? (open.length > 0 && random.chance(0.6) ? random.pick(open) : undefined);
  if (again !== undefined) press(scene, customer, again);
  if (again !== undefined || customer.intents.length >= 5) return;
  const isAmount = kind === "complete" || kind === "refund";
  const intent: Intent = {
    kind,
    amount: isAmount ? random.pick([100, 500, 500, 1000, "rest"] as const) : null,
    byLine: kind === "refund" && random.chance(0.2),
    decision: random.pick(["suitable", "notSuitable"] as const),
    keys: [],
    isRowThere: false,
    isRunning: false,
    known: "unknown",
  };
  customer.intents.push(intent);
  press(scene, customer, intent);
}

/** Somebody works in the back office of the service, or the buyer's bank takes money back. */
function workElsewhere(scene: Scene): void {
  const { random, operations, world } = scene;
  const page = anyPage(scene);
  if (page === null) return;
  const { currency } = page.customer;
  const before = world.announcements.length;
  const what = random.pick(["refund", "chargeback", "complete", "void", "decide"] as const);
  if (what === "refund") operations.refundElsewhere(page.id, random.pick([100, 500]), "MERCHANT_INITIATED_ONLINE");
  if (what === "chargeback") {
    const completed = toMoney(world.find(page.id).completedAmount ?? "0", currency).minor;
    operations.refundElsewhere(page.id, completed, "CUSTOMER_INITIATED_AUTOMATIC");
  }
  if (what === "complete") operations.completeElsewhere(page.id);
  if (what === "void" && operations.canVoid(page.id)) operations.void(page.id);
  const open = [...world.indications.values()].find(({ state }) => state === "MANUAL_CHECK_REQUIRED");
  if (what === "decide" && open !== undefined)
    world.decide(open.id, random.pick(["SUITABLE", "NOT_SUITABLE"] as const));
  if (world.announcements.length > before) scene.events.push(`back office: ${what} ${page.id}`);
}

/** Somebody changes what must not be changed, before the buyer pays. */
function meddle(scene: Scene): void {
  const { random, more, world } = scene;
  const page = anyPage(scene);
  if (page === null) return;
  const { customer, id } = page;
  const known = world.find(id);
  if (known.state !== "PENDING") return;
  const common = random.pick(["amount", "currency", "mark", "environment"] as const);
  const what = more?.chance(0.2) ? "space" : common;
  scene.events.push(`somebody changes the ${what} of ${id}`);
  if (what === "amount") {
    const { minor, currency } = toMoney(known.authorizationAmount, known.currency);
    const amount = toDecimal({ minor: minor - 100, currency });
    const less = { ...known.lineItems[0], amountIncludingTax: toDecimal({ minor: -100, currency }) as Decimal };
    world.change(id, { authorizationAmount: amount, lineItems: [...known.lineItems, less as never] });
  }
  if (what === "currency" && known.currency === "CHF") world.change(id, { currency: "EUR" });
  if (what === "mark") {
    customer.lost.add(id);
    world.change(id, { metaData: {} });
  }
  if (what === "space") world.change(id, { linkedSpaceId: customer.isTest ? liveSpace : testSpace });
  if (what === "environment") world.change(id, { metaData: { ...known.metaData, test: "yes" } });
}

/** A person deletes the order. What is then shown is refused, and becomes a finding. */
function deleteOrder({ random, customers, book, events }: Scene): void {
  const { reference } = random.pick(customers);
  book.gone.add(reference);
  events.push(`somebody deletes ${reference} in the shop`);
}

function finishJob({ random, world, events }: Scene): void {
  if (world.jobs.length === 0) return;
  const [job] = world.jobs.splice(random.below(world.jobs.length), 1);
  events.push("the service finishes something");
  job?.();
}

function arriveLate({ random, weather, events }: Scene): void {
  if (weather.late.length === 0) return;
  const [effect] = weather.late.splice(random.below(weather.late.length), 1);
  events.push("a request arrives late");
  effect?.();
}

function passTime(scene: Scene): void {
  const seconds = scene.random.pick([0.25, 0.25, 1, 1, 5, 20, 60, 900, 4000, 30_000]);
  scene.advance(seconds);
  scene.events.push(`${seconds} s pass`);
}

export const deeds: readonly Deed[] = [
  { weight: 8, run: startPaying },
  { weight: 4, run: (scene) => visit(scene, "open") },
  { weight: 10, run: (scene) => visit(scene, "pay") },
  { weight: 2, run: (scene) => visit(scene, "decline") },
  { weight: 2, run: (scene) => visit(scene, "abort") },
  { weight: 6, run: comeBack },
  { weight: 14, run: deliverWebhook },
  { weight: 16, run: work },
  { weight: 3, run: sweep },
  { weight: 5, run: (scene) => pressButton(scene, "complete") },
  { weight: 8, run: (scene) => pressButton(scene, "refund") },
  { weight: 2, run: (scene) => pressButton(scene, "void") },
  { weight: 1, run: (scene) => pressButton(scene, "review") },
  { weight: 4, run: workElsewhere },
  { weight: 1, run: meddle },
  { weight: 0.05, run: deleteOrder },
  { weight: 5, run: finishJob },
  { weight: 6, run: arriveLate },
  { weight: 14, run: passTime },
  { weight: 3, run: (scene) => scene.kill(anyGateway(scene)) },
];
