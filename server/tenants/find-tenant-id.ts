import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";

/** The id of the tenant with this slug, or null; for the command line, which no person's rights stand behind. */
export async function findTenantId(database: Database, slug: string): Promise<string | null> {
  const [row] = await withSystem({ database }, "find-tenant", (tx) =>
    tx.select({ tenantId: tenants.tenantId }).from(tenants).where(eq(tenants.slug, slug)),
  );
  return row?.tenantId ?? null;
}
