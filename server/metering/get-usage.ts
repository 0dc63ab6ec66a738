import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenancy";
import { defineRead, tenantItself } from "@/server/verb";
import { monthNamed, monthOf } from "./domain/month";
import { readUsage, type Usage } from "./read-usage";
import { getUsageSchema } from "./schemas";

/** What the tenant used in a month. */
export const getUsage = defineRead({
  action: "tenant.read",
  input: getUsageSchema,
  load: tenantItself,
  read: ({ ctx, tx, now }, { month }): Promise<Usage> =>
    readUsage(tx, ctx.tenantId, month === undefined ? monthOf(now) : monthNamed(month), now),
});

/** The same for whoever runs the deployment, at its command line. */
export const usageOf = (
  ctx: { database: Database; tenantId: string },
  { month, now }: { month: string | undefined; now: Date },
): Promise<Usage> =>
  withTenant(ctx, (tx) => readUsage(tx, ctx.tenantId, month === undefined ? monthOf(now) : monthNamed(month), now));
