import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tenants, users } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { env } from "@/server/platform/env";

interface BillingLetter {
  to: string;
  tenantName: string;
  /** The tenant's Billing page. */
  billingUrl: string;
}

/** To whom a letter about payments goes, and from which tenant's page it is settled; null for a person who is gone. */
export async function composeBillingLetter(
  database: Database,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<BillingLetter | null> {
  return withTenant({ database, tenantId }, async (tx) => {
    const [found] = await tx
      .select({ slug: tenants.slug, tenantName: tenants.name, to: users.email })
      .from(tenants)
      .innerJoin(users, eq(users.id, userId))
      .where(eq(tenants.tenantId, tenantId));
    if (found === undefined) return null;
    const { slug, tenantName, to } = found;
    return { to, tenantName, billingUrl: new URL(`/t/${slug}/billing`, env().CONDUCTOR_PUBLIC_URL).href };
  });
}
