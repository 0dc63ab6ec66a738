import type { Difference } from "@/server/billing";
import { tellOperators } from "@/server/notifications";
import { digestJson } from "@/server/kernel/json";
import type { JobDeps } from "../deps";

/** More than these are told of in one message. */
const ONE_BY_ONE = 10;

/** Tells the operating tenant's administrators what they are to see to in billing, each thing once. */
export async function tellOfDifferences(
  ctx: Pick<JobDeps, "database" | "clock" | "newId">,
  open: readonly Difference[],
): Promise<number> {
  if (open.length > ONE_BY_ONE)
    return tellOperators(ctx, {
      dedupe: `billing.differs:${digestJson(open)}`,
      ...{ title: `Billing: ${open.length} things differ from what Stripe has`, page: "billing" },
    });
  let told = 0;
  for (const { kind, object, detail } of open)
    told += await tellOperators(ctx, {
      dedupe: `billing.differs:${digestJson([kind, object, detail])}`,
      ...{ title: `Billing: ${object} ${detail}`, page: "billing" },
    });
  return told;
}
