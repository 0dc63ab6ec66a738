import {
  type Difference,
  findSeller,
  holdUncounted,
  invoiceDrafted,
  pushUsage as push,
  pushUsagePage,
  type UsagePage,
} from "@/server/billing";
import type { JobDeps } from "../deps";
import { tellOfDifferences } from "./tell-of-differences";

/** Each hour: tells the seller what was used in the hour before, from the ledger, once. What it could not count is held first. */
export const pushUsage = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction({ id: "push-usage", triggers: [{ cron: "14 * * * *" }], retries: 3 }, async ({ step }) => {
    const seller = findSeller(env);
    if (seller === null) return { told: 0 };
    const ctx = { database, clock, newId, seller };
    const found: Difference[] = await step.run("hold what was not counted", () => holdUncounted(ctx));
    let told = 0;
    for (let part = 1, after: string | null = null; part === 1 || after !== null; part += 1) {
      const from: string | null = after;
      const page: UsagePage = await step.run(`push ${part}`, () => pushUsagePage(ctx, from));
      told += page.told;
      found.push(...page.found);
      after = page.next;
    }
    await step.run("tell", () => tellOfDifferences(ctx, found));
    return { told };
  });

/** When an invoice is begun, tells the last of its period, while it takes it in: a moment later, when all of it is written. */
export const pushLastUsage = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "push-last-usage", triggers: [{ event: invoiceDrafted.name }], retries: 5 },
    async ({ event, step }) => {
      const { tenantId, customerId: id } = invoiceDrafted.payload.parse(event.data);
      const seller = findSeller(env);
      if (seller === null) return { told: 0 };
      const ctx = { database, clock, newId, seller };
      await step.sleep("let what ends be written", "2m");
      const { told, lost } = await step.run("push", () => push(ctx, { tenantId, id }));
      await step.run("tell", () => tellOfDifferences(ctx, lost));
      return { told };
    },
  );
