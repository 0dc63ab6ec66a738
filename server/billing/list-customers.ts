import { and, asc, gt, isNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { billingCustomers } from "@/db/schema";
import { withSystem } from "@/db/tenancy";

export interface OurCustomer {
  tenantId: string;
  id: string;
}

/** Customers that one call of a job works on. */
const PAGE = 25;

/** A page of our customers that have not ended, by their ids, and where the next begins; null after the last. */
export async function listCustomers(
  { database }: { database: Database },
  after: string | null,
): Promise<{ customers: OurCustomer[]; next: string | null }> {
  const customers = await withSystem({ database }, "reconcile-billing", (tx) =>
    tx
      .select({ tenantId: billingCustomers.tenantId, id: billingCustomers.id })
      .from(billingCustomers)
      .where(and(isNull(billingCustomers.endedAt), gt(billingCustomers.id, after ?? "")))
      .orderBy(asc(billingCustomers.id))
      .limit(PAGE),
  );
  return { customers, next: customers.length < PAGE ? null : (customers.at(-1)?.id ?? null) };
}
