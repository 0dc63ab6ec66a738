import type { GetStepTools, Inngest } from "inngest";
import { compareOurs, compareTheirs, type Difference, findSeller, noteLook, type Page } from "@/server/billing";
import type { JobDeps } from "../deps";
import { tellOfDifferences } from "./tell-of-differences";

/**
 * Compares everything that the seller has with everything that is here, both ways and page by page, repairs what can be repaired,
 * and tells of the rest. Does nothing where nothing is sold.
 */
export async function compareAll(
  step: GetStepTools<Inngest>,
  { database, clock, newId, env }: Omit<JobDeps, "client">,
) {
  const seller = findSeller(env);
  if (seller === null) return { found: 0, open: 0 };
  const ctx = { database, clock, newId, seller };
  const begun = await step.run("begin the comparison", () => clock.now().toISOString());
  const found: Difference[] = [];
  for (const [whose, compare] of [
    ["theirs", compareTheirs],
    ["ours", compareOurs],
  ] as const)
    for (let part = 1, after: string | null = null; part === 1 || after !== null; part += 1) {
      const from: string | null = after;
      const page: Page = await step.run(`compare ${whose} ${part}`, () => compare(ctx, from));
      found.push(...page.found);
      after = page.next;
    }
  const open = await step.run("note the comparison", () =>
    noteLook(ctx, { id: "customers", lookedAt: new Date(begun), found }),
  );
  await step.run("tell of the comparison", () => tellOfDifferences({ database, clock, newId }, open));
  return { found: found.length, open: open.length };
}
