import { eq } from "drizzle-orm";
import { tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { tell, type TellContext } from "./tell";

/** Tells people of an incident in the app, in the caller's transaction; `name` is told once per person. */
export async function tellOfIncident(
  tx: Tx,
  ctx: Omit<TellContext, "database">,
  userIds: readonly string[],
  { incidentId, name, title }: { incidentId: string; name: string; title: string },
): Promise<void> {
  const [tenant] = await tx.select({ slug: tenants.slug }).from(tenants).where(eq(tenants.tenantId, ctx.tenantId));
  const href = `/t/${tenant?.slug ?? ""}/incidents/${incidentId}`;
  await tell(tx, ctx, userIds, { dedupe: `incident.${name}:${incidentId}`, title, href });
}
