import { and, desc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { adapters, adapterSecrets } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { closedFor } from "@/server/entitlements";

type AdapterRow = typeof adapters.$inferSelect;

/** An adapter as a call needs it, with the signing secrets that are good now, sealed, the newest first. */
export interface FoundAdapter extends AdapterRow {
  secrets: (typeof adapterSecrets.$inferSelect)[];
}

/** What a run finds of the adapters that its version names, those that ended too. */
export interface FoundAdapters {
  /** Why none may be called; null where they may. */
  closed: string | null;
  bySlug: ReadonlyMap<string, FoundAdapter>;
}

const namedBy = (tx: Tx, tenantId: string, slugs: readonly string[]) =>
  tx
    .select()
    .from(adapters)
    .where(and(eq(adapters.tenantId, tenantId), inArray(adapters.slug, [...slugs])));

/**
 * The adapters of these names, with what signs for them. No verb: nobody asks but the executor, for the call that it is about
 * to make.
 */
export function findAdapters(
  ctx: { database: Database; tenantId: string },
  slugs: readonly string[],
  now: Date,
): Promise<FoundAdapters> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const closed = await closedFor(tx, { tenantId, feature: "custom-adapters", use: "run" }, now);
    const rows = await namedBy(tx, tenantId, slugs);
    const signing = await tx
      .select()
      .from(adapterSecrets)
      .where(
        and(
          eq(adapterSecrets.tenantId, tenantId),
          inArray(
            adapterSecrets.id,
            rows.map(({ id }) => id),
          ),
          or(isNull(adapterSecrets.validUntil), gt(adapterSecrets.validUntil, now)),
        ),
      )
      .orderBy(desc(adapterSecrets.version));
    const found = rows.map((row) => ({ ...row, secrets: signing.filter(({ id }) => id === row.id) }));
    return {
      closed: closed?.message ?? null,
      bySlug: new Map(found.map((adapter) => [adapter.slug, adapter])),
    };
  });
}

/** Of these names, those that no adapter in use has. */
export async function missingAdapters(tx: Tx, tenantId: string, slugs: readonly string[]): Promise<Set<string>> {
  const rows = slugs.length === 0 ? [] : await namedBy(tx, tenantId, slugs);
  const inUse = new Set(rows.filter(({ endedAt }) => endedAt === null).map(({ slug }) => slug));
  return new Set(slugs.filter((slug) => !inUse.has(slug)));
}
