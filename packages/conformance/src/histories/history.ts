import { deeds } from "./deeds.ts";
import { type Gateway, liveSpace, testSpace } from "./gateway.ts";
import { createScene, type Scene, type SceneSettings } from "./scene.ts";
import { checkEffects, checkFindings, checkTruth } from "./truth.ts";

export interface History {
  readonly seed: number;
  /** What happened, one line each, in order. */
  readonly events: readonly string[];
  /** What did not hold; nothing, when all did. */
  readonly wrong: readonly string[];
}

/** Turns and deeds before all becomes quiet. */
const steps = 80;

/** Turns of a quarter of a second that whoever waits for his turn is given to finish. */
const patience = 400;

const allWeight = deeds.reduce((all, { weight }) => all + weight, 0);

function doSomething(scene: Scene): void {
  let rest = scene.random.next() * allWeight;
  const deed = deeds.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
  deed?.run(scene);
}

/** Lets everything go on that can go on by itself. */
function settleDown(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function live(scene: Scene): Promise<void> {
  for (let step = 0; step < steps && scene.wrong.length === 0; step += 1) {
    const isTurn = scene.scheduler.waiting() > 0 && scene.random.chance(0.6);
    const gone = isTurn ? scene.scheduler.resume() : null;
    if (gone !== null) scene.events.push(`  ${gone}`);
    else doSomething(scene);
    await settleDown();
  }
}

/**
 * Seconds; long enough for the ten tries of a command whose first send may still arrive, at last one a day, for what waits
 * for it, and for the service's own dates.
 */
const quietSpans: readonly number[] = [
  1,
  60,
  900,
  3600,
  3600 * 7,
  86_400 * 1.1,
  86_400 * 6,
  86_400 * 1.1,
  86_400 * 1.1,
  86_400 * 1.1,
  86_400 * 1.1,
  900,
  900,
  900,
];

async function workOff(scene: Scene, { core }: Gateway): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    if ((await core.settleDue({ total: 50, perShop: 50 })) === 0) return;
  }
  scene.wrong.push("something is due for ever: a hot loop");
}

/** The network heals, what is under way arrives, and time passes: all that was promised must now come true. */
async function beQuiet(scene: Scene): Promise<void> {
  const { weather, world, scheduler, advance } = scene;
  scene.events.push("all becomes quiet");
  weather.faults = 0;
  weather.lag = 0;
  scheduler.open();
  await settleDown();
  for (let turn = 0; turn < patience && scene.running() > 0; turn += 1) {
    advance(0.25);
    await settleDown();
  }
  if (scene.running() > 0) scene.wrong.push("somebody waits for ever");
  for (const seconds of quietSpans) {
    advance(seconds);
    for (const effect of weather.late.splice(0)) effect();
    for (const job of world.jobs.splice(0)) job();
    await settleDown();
    const [gateway] = scene.gateways();
    if (gateway === undefined || scene.wrong.length > 0) return;
    await workOff(scene, gateway);
    for (const space of [liveSpace, testSpace]) await gateway.core.sweep(space);
    await workOff(scene, gateway);
  }
}

/** Lives one history: chance decides all, and the seed decides chance. */
export async function liveHistory(seed: number, settings: SceneSettings = {}): Promise<History> {
  const scene = createScene(seed, settings);
  await live(scene);
  if (scene.wrong.length === 0) await beQuiet(scene);
  if (scene.wrong.length === 0) {
    for (const customer of scene.customers) scene.wrong.push(...checkTruth(scene, customer));
    scene.wrong.push(...checkEffects(scene), ...(await checkFindings(scene)));
  }
  return { seed, events: scene.events, wrong: scene.wrong };
}
