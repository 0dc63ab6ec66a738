import { and, eq } from "drizzle-orm";
import { bundles } from "@/db/schema";
import { loadEvidence } from "@/server/evidence";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

/** One bundle of the tenant; throws NotFound, for another tenant's alike. */
export async function loadBundle(scope: Scope, { bundleId }: { bundleId: string }) {
  const { ctx, tx } = scope;
  const [row] = await tx
    .select()
    .from(bundles)
    .where(and(eq(bundles.tenantId, ctx.tenantId), eq(bundles.id, bundleId)));
  if (row === undefined) throw notFound("bundle");
  return { ...(await loadEvidence(scope)), subject: `bundle:${bundleId}`, row };
}
