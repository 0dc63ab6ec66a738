import { backfillEvents, findSeller, nameDisputed, tendInbox } from "@/server/billing";
import type { JobDeps } from "../deps";
import { compareAll } from "./compare-all";
import { tellOfDifferences } from "./tell-of-differences";

/**
 * Each hour: fetches events that never came, lets in what waits, gives up what was tried too often. After days without a look,
 * everything is compared at once.
 */
export const tendBilling = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction({ id: "tend-billing", triggers: [{ cron: "11 * * * *" }], retries: 3 }, async ({ step }) => {
    const seller = findSeller(env);
    if (seller === null) return { missed: 0 };
    const ctx = { database, clock, newId, seller };
    const { missed, wasLongAway } = await step.run("fetch what never came", () => backfillEvents(ctx));
    await step.run("name whose charges are disputed", () => nameDisputed(ctx));
    const { dead, ...inbox } = await step.run("tend the inbox", () => tendInbox(ctx));
    await step.run("tell of dead events", () => tellOfDifferences(ctx, dead));
    if (wasLongAway) await compareAll(step, { database, clock, newId, env });
    return { missed, ...inbox, dead: dead.length };
  });

/** Each night: compares all customers and subscriptions of the seller with what is here, both ways. */
export const compareBilling = ({ client, ...deps }: JobDeps) =>
  client.createFunction({ id: "compare-billing", triggers: [{ cron: "41 2 * * *" }], retries: 3 }, ({ step }) =>
    compareAll(step, deps),
  );
