import {
  compareUsagePage,
  type Difference,
  findSeller,
  type MarkReached,
  noteLook,
  type UsagePage,
  usageMarks,
} from "@/server/billing";
import { tellOfUse } from "@/server/notifications";
import { eachTenant } from "@/server/tenants";
import type { JobDeps } from "../deps";
import { tellOfDifferences } from "./tell-of-differences";

/** Each night: compares what was used by the ledger with reports, with the seller's meters and with its invoices. */
export const compareUsage = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction({ id: "compare-usage", triggers: [{ cron: "23 3 * * *" }], retries: 3 }, async ({ step }) => {
    const seller = findSeller(env);
    if (seller === null) return { found: 0, open: 0 };
    const ctx = { database, clock, newId, seller };
    const found: Difference[] = [];
    for (let part = 1, after: string | null = null; part === 1 || after !== null; part += 1) {
      const from: string | null = after;
      const page: UsagePage = await step.run(`compare ${part}`, () => compareUsagePage(ctx, from));
      found.push(...page.found);
      after = page.next;
    }
    const open = await step.run("note", () => noteLook(ctx, { id: "usage", lookedAt: clock.now(), found }));
    await step.run("tell", () => tellOfDifferences(ctx, open));
    return { found: found.length, open: open.length };
  });

const WORDS = {
  wuIncluded: "weighted tasks that the plan includes",
  wuCap: "weighted tasks that the plan has at most",
  runsPerMonth: "runs that the plan has at most",
} as const satisfies Record<MarkReached["limit"], string>;

const number = (value: number) => value.toLocaleString("en-US");

/** Each hour: tells administrators that half, four fifths or all of a month's limit is used, each once a month. */
export const watchUsage = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction({ id: "watch-usage", triggers: [{ cron: "34 * * * *" }] }, ({ step }) =>
    step.run("look", async () => {
      let told = 0;
      await eachTenant(database, async (tenantId) => {
        const ctx = { database, clock, newId, tenantId };
        for (const { month, limit, mark, used, most } of await usageMarks(ctx)) {
          const title = `${mark} % of the month's ${WORDS[limit]} are used: ${number(used)} of ${number(most)}`;
          told += await tellOfUse(ctx, { month, limit, mark, title });
        }
      });
      return { told };
    }),
  );
