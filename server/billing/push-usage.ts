import { log } from "@/server/platform/log";
import { compareUsage } from "./compare-usage";
import type { Difference } from "./domain/difference";
import { listCustomers, type OurCustomer } from "./list-customers";
import type { ReceiveContext } from "./receive-event";
import { reportUsage } from "./report-usage";
import { tellUsage } from "./tell-usage";
import { stripeUsageSink, type UsageSink } from "./usage-sink";

export interface UsagePage {
  next: string | null;
  told: number;
  found: Difference[];
}

/** Reports what a customer used until now and tells it. */
export async function pushUsage(
  ctx: ReceiveContext,
  { tenantId, id }: OurCustomer,
  sink: UsageSink = stripeUsageSink(ctx.seller.stripe),
): Promise<{ told: number; lost: Difference[] }> {
  await reportUsage({ ...ctx, tenantId, customerId: id });
  return tellUsage({ ...ctx, tenantId }, sink);
}

/** The same for a page of customers. One that fails is told with the next hour, and holds up no other. */
export async function pushUsagePage(ctx: ReceiveContext, after: string | null): Promise<UsagePage> {
  const { customers, next } = await listCustomers(ctx, after);
  const page: UsagePage = { next, told: 0, found: [] };
  for (const customer of customers)
    try {
      const { told, lost } = await pushUsage(ctx, customer);
      page.told += told;
      page.found.push(...lost);
    } catch (error) {
      log().error({ err: error, ...customer }, "what a tenant used could not be reported; it waits");
    }
  return page;
}

/** A page of customers whose use is compared with what the seller counted and charged. */
export async function compareUsagePage(ctx: ReceiveContext, after: string | null): Promise<UsagePage> {
  const { customers, next } = await listCustomers(ctx, after);
  const page: UsagePage = { next, told: 0, found: [] };
  const sink = stripeUsageSink(ctx.seller.stripe);
  for (const { tenantId, id } of customers)
    try {
      page.found.push(...(await compareUsage({ ...ctx, tenantId, customerId: id }, sink)));
    } catch (error) {
      log().error({ err: error, tenantId, customerId: id }, "what a tenant used could not be compared");
      page.found.push({
        ...{ kind: "usage", object: id, tenantId, detail: "could not be compared with the meter", isRepaired: false },
      });
    }
  return page;
}
