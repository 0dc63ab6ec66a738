import { advance } from "@/e2e/sandbox/stripe/account/advance";
import {
  backfillEvents,
  cancelExtra,
  compareCustomer,
  compareTheirs,
  compareUsage,
  type Difference,
  type Page,
  pushUsage,
  receiveEvent,
  stripeUsageSink,
  syncCustomer,
  tendInbox,
  type UsageSink,
} from "@/server/billing";
import { oneOf } from "../chance";
import * as acts from "./acts";
import { projectionBroken } from "./oracle";
import type { Fates } from "./attempt";
import type { World } from "./world";

/** Chances of a single call of the product, as it is disturbed in the middle of a schedule. */
const DISTURBED = { unasked: 0.02, unanswered: 0.02, "dies before": 0.02, "dies after": 0.03, stalls: 0.1 } as const;

/** Fates by chance; one stall in an attempt at most, as two would be two attempts. */
function fates(world: World, meanwhile: (() => Promise<void>) | null): Fates {
  let hasStalled = false;
  return () => {
    let left = world.chance();
    for (const [kind, share] of Object.entries(DISTURBED) as [keyof typeof DISTURBED, number][]) {
      if ((left -= share) >= 0) continue;
      if (kind !== "stalls") return { kind };
      if (meanwhile === null || hasStalled) return null;
      hasStalled = true;
      return { kind, meanwhile };
    }
    return null;
  };
}

/** A webhook arrives: one of those on their way, in any order, once or twice; or it never does. */
export async function deliver(world: World, { mayDrop }: { mayDrop: boolean }): Promise<void> {
  const place = Math.floor(world.chance() * world.messages.length);
  const [message] = world.messages.splice(place, 1);
  if (message === undefined) return;
  const share = world.chance();
  if (mayDrop && share < 0.2) {
    world.count("dropped");
    return;
  }
  const times = share > 0.9 ? 2 : 1;
  if (times === 2) world.count("delivered twice");
  for (let time = 0; time < times; time += 1) {
    await receiveEvent(world.call, message.event);
    world.count("delivered");
  }
  // Under the breakage the job sees what the message carried.
  world.payload = message.rows;
}

/** A customer is fetched: by a job, or by somebody who comes back from paying. */
async function sync(world: World, customerId: string, fate: Fates, by: string): Promise<"done" | "died" | "failed"> {
  const { tenantId } = world;
  const before = world.changes;
  const ctx = { ...world.call, tenantId, by };
  const outcome = await world.attempt(() => syncCustomer(ctx, customerId), fate);
  world.count("sync");
  if (outcome === "died" || outcome === "failed") {
    if (outcome === "died") await world.forgetLease();
    return outcome;
  }
  // One that was deleted before says nothing of the one that counts.
  if (customerId === world.customerId) world.fetchedAtChange = Math.max(world.fetchedAtChange, before);
  if (world.overtakenAt === world.changes) {
    world.broken.push(...(await projectionBroken(world, "after a fetch that was overtaken")));
    world.overtakenAt = -1;
  }
  if (outcome.toCancel.length === 0) return "done";
  const cancelled = await world.attempt(() => cancelExtra(world.seller, outcome.toCancel), fate);
  return cancelled === "died" || cancelled === "failed" ? cancelled : sync(world, customerId, fate, by);
}

/** Something else happens while a fetch has its answers: a change at the seller, or somebody who takes the lease over. */
function meanwhileOf(world: World, customerId: string): () => Promise<void> {
  return async () => {
    await acts.change(world);
    if (world.chance() < 0.5) await deliver(world, { mayDrop: true });
    if (world.chance() < 0.6) {
      world.count("lease lost");
      const taken = await world.takeLeaseAway();
      await sync(world, customerId, () => null, "job:sync-customer");
      if (customerId === world.customerId) world.overtakenAt = world.changes;
      if (world.stage.breakage === "no lease") await world.giveLease(taken);
    }
  };
}

/** Jobs of the outbox run: each as often as it takes, since the engine tries again. */
export async function runJobs(world: World, isDisturbed: boolean): Promise<void> {
  for (const customerId of await world.takeJobs()) {
    for (let tried = 0; tried < 4; tried += 1) {
      const fate = isDisturbed && tried < 3 ? fates(world, meanwhileOf(world, customerId)) : () => null;
      if ((await sync(world, customerId, fate, "job:sync-customer")) === "done") break;
    }
    world.payload = null;
  }
}

export async function comeBack(world: World): Promise<void> {
  const { customerId } = world;
  if (customerId === null) return;
  await sync(world, customerId, fates(world, meanwhileOf(world, customerId)), "user:buyer");
}

/** The meter as the product uses it, or a broken use of it. */
function sinkOf(world: World): UsageSink {
  const real = stripeUsageSink(world.seller.stripe);
  const { breakage } = world.stage;
  if (breakage !== "no identifier" && breakage !== "new identifiers") return real;
  return {
    ...real,
    tell: async (use) => {
      world.count("broken report");
      return real.tell({ ...use, identifier: `${use.identifier}:${world.counts["broken report"] ?? 0}` });
    },
  };
}

/** Use is told, as each hour. */
export async function push(world: World, isDisturbed: boolean): Promise<void> {
  const { customerId: id, tenantId } = world;
  if (id === null) return;
  const again = () => push(world, false);
  const fate = isDisturbed ? fates(world, again) : () => null;
  const outcome = await world.attempt(() => pushUsage(world.call, { tenantId, id }, sinkOf(world)), fate);
  world.count("push");
  if (world.stage.breakage === "forgets reports") await world.forgetReports();
  if (outcome === "died") world.count("died in a push");
}

/** Time passes: minutes, hours, a day and a half, or over the end of the period. Before and after a long time use is told. */
export async function wait(world: World): Promise<void> {
  const kind = oneOf(world.chance, ["minutes", "hours", "hours", "days", "period"] as const);
  world.count(`wait: ${kind}`);
  const [subscription] = kind === "period" ? await acts.living(world) : [];
  const end = subscription?.items.data[0]?.current_period_end;
  const length = { minutes: 600, hours: 3_600 + Math.floor(world.chance() * 7_200), days: 130_000, period: 4_000 }[
    kind
  ];
  const seconds =
    end === undefined ? length : Math.max(0, end - world.seconds) + 60 + Math.floor(world.chance() * 9_000);
  if (seconds > 86_400) await push(world, true);
  await advance(world.account, seconds);
  await push(world, true);
}

/** What each hour and each night looks for, undisturbed: all of it is to be as the seller says then. */
export async function sweep(world: World): Promise<{ repaired: number; open: string[] }> {
  await advance(world.account, 7_800);
  // In most of them the comparison alone has to find all.
  if (world.chance() < 0.3) await world.attempt(() => backfillEvents(world.call));
  await world.attempt(() => tendInbox(world.call));
  world.payload = null;
  await runJobs(world, false);
  const found: Difference[] = [];
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const from: string | null = after;
    const page: Page | "died" | "failed" = await world.attempt(() => compareTheirs(world.call, from));
    if (page === "died" || page === "failed") throw new Error("an undisturbed look failed");
    found.push(...page.found);
    after = page.next;
  }
  await world.findCustomer();
  const { customerId: id, tenantId } = world;
  if (id === null) return { repaired: 0, open: [] };
  const compared = await world.attempt(() => compareCustomer(world.call, tenantId, id));
  if (compared === "died" || compared === "failed") throw new Error("an undisturbed comparison failed");
  found.push(...compared);
  if (!world.isDeleted) {
    await push(world, false);
    await world.attempt(() => compareUsage({ ...world.call, tenantId, customerId: id }, sinkOf(world)));
    await push(world, false);
  }
  // With the next hour comes what was held back for a customer that only the comparison took in.
  await world.attempt(() => tendInbox(world.call));
  await runJobs(world, false);
  return {
    repaired: found.filter(({ isRepaired }) => isRepaired).length,
    open: found.filter(({ isRepaired }) => !isRepaired).map(({ detail }) => detail),
  };
}
