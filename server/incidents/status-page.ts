import { and, desc, eq, gt, inArray, not, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { processDatabase } from "@/db/process-database";
import { incidentEntries, incidents, incidentSettings, tenants } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { notFound } from "@/server/kernel/errors";
import { slugSchema } from "@/server/kernel/schemas";
import type { Severity } from "./domain/severity";
import type { IncidentStatus } from "./domain/status";

/** What anybody reads of an incident that was made public. */
interface PublicIncident {
  id: string;
  title: string;
  severity: Severity;
  status: IncidentStatus;
  openedAt: string;
  resolvedAt: string | null;
  /** Latest first. */
  updates: { id: string; text: string; at: string }[];
}

export interface StatusPage {
  name: string;
  incidents: PublicIncident[];
}

/** How far back resolved incidents are shown (milliseconds), and how many of all. */
const SHOWN_MS = 90 * 86_400_000;
const SHOWN_MAX = 50;

async function publicIncidents(tx: Tx, tenantId: string, now: Date): Promise<PublicIncident[]> {
  const since = new Date(now.getTime() - SHOWN_MS);
  const rows = await tx
    .select()
    .from(incidents)
    .where(
      and(
        ...[eq(incidents.tenantId, tenantId), eq(incidents.isPublic, true), eq(incidents.isDrill, false)],
        or(gt(incidents.openedAt, since), not(inArray(incidents.status, ["resolved", "closed"]))),
      ),
    )
    .orderBy(desc(incidents.openedAt), desc(incidents.id))
    .limit(SHOWN_MAX);
  const ids = rows.map(({ id }) => id);
  const updates = await tx
    .select()
    .from(incidentEntries)
    .where(
      and(
        ...[eq(incidentEntries.tenantId, tenantId), inArray(incidentEntries.incidentId, ids)],
        ...[eq(incidentEntries.kind, "update"), eq(incidentEntries.isPublic, true)],
      ),
    )
    .orderBy(desc(incidentEntries.id));
  return rows.map(({ id, title, severity, status, openedAt, resolvedAt }) => ({
    ...{ id, title, severity, status, openedAt: openedAt.toISOString(), resolvedAt: resolvedAt?.toISOString() ?? null },
    updates: updates
      .filter(({ incidentId }) => incidentId === id)
      .map((update) => ({ id: update.id, text: update.text, at: update.at.toISOString() })),
  }));
}

/**
 * What anybody may read of a tenant's incidents, by its slug: those that were made public, with their public updates, where
 * the tenant has switched its page on. NotFound for every other address alike.
 */
export async function readStatusPage(
  slug: string,
  database: Database = processDatabase(),
  clock: Clock = systemClock,
): Promise<StatusPage> {
  const [found] = slugSchema.safeParse(slug).success
    ? await withSystem({ database }, "find-tenant", (tx) =>
        tx.select({ tenantId: tenants.tenantId, name: tenants.name }).from(tenants).where(eq(tenants.slug, slug)),
      )
    : [];
  if (found === undefined) throw notFound("status page");
  const { tenantId, name } = found;
  return withTenant({ database, tenantId }, async (tx) => {
    const [settings] = await tx.select().from(incidentSettings).where(eq(incidentSettings.tenantId, tenantId));
    if (settings?.hasStatusPage !== true) throw notFound("status page");
    return { name, incidents: await publicIncidents(tx, tenantId, clock.now()) };
  });
}
