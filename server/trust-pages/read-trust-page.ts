import { and, desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { processDatabase } from "@/db/process-database";
import { takeAllowance } from "@/db/rate-limits";
import { bundles, tenants } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import { sealingKeys } from "@/server/bundles";
import { controlStatuses } from "@/server/compliance";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { limitReached, notFound } from "@/server/kernel/errors";
import { slugSchema } from "@/server/kernel/schemas";
import { type BlobStore, blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { type PublicControl, publicControl } from "./domain/trust-page";
import { isPublished } from "./set-trust-page";

interface Sealed {
  /** SHA-256 of the bundle's file, in hexadecimal. */
  digest: string;
  completeness: string | null;
  from: string;
  to: string;
  sealedAt: string | null;
}

export interface TrustPage {
  name: string;
  /** As of when the controls are told. */
  at: string;
  controls: PublicControl[];
  /** Ids of the keys that seal bundles: each is the fingerprint of its public key. */
  keys: string[];
  sealed: Sealed | null;
}

/** How long what was read is shown again, in milliseconds, and of how many tenants it is kept. */
const FRESH_MS = 60_000;
const KEPT_MAX = 200;

/** Readings by one address, whichever page: a department behind one reads on, a script that walks slugs does not get far. */
const PER_ADDRESS = { perMinute: 60, burst: 60 };
const kept = new Map<string, { until: number; page: Promise<Omit<TrustPage, "name">> }>();

async function lastSealed(tx: Tx, tenantId: string): Promise<Sealed | null> {
  const [last] = await tx
    .select()
    .from(bundles)
    .where(
      and(
        ...[eq(bundles.tenantId, tenantId), eq(bundles.status, "ready"), eq(bundles.isDryRun, false)],
        eq(bundles.tag, "Conductor Compliance"),
      ),
    )
    .orderBy(desc(bundles.endedAt), desc(bundles.id))
    .limit(1);
  if (last === undefined || last.digest === null) return null;
  const { digest, completeness, periodFrom, periodTo, endedAt } = last;
  const period = { from: periodFrom.toISOString(), to: periodTo.toISOString() };
  return { digest, completeness, ...period, sealedAt: endedAt?.toISOString() ?? null };
}

interface Deps {
  database: Database;
  clock: Clock;
  blobs: BlobStore;
}

async function pageOf({ database, clock, blobs }: Deps, tenantId: string): Promise<Omit<TrustPage, "name">> {
  const now = clock.now();
  const keys = await sealingKeys(env(), blobs);
  return withTenant({ database, tenantId }, async (tx) => {
    const { statuses } = await controlStatuses(tx, tenantId, now);
    return {
      ...{ at: now.toISOString(), controls: statuses.map(publicControl) },
      ...{ keys: keys.map(({ keyId }) => keyId), sealed: await lastSealed(tx, tenantId) },
    };
  });
}

/** The tenant's own page as it was read within the last minute: many readers at once cost one look. */
function freshPage(deps: Deps, tenantId: string): Promise<Omit<TrustPage, "name">> {
  const now = deps.clock.now().getTime();
  const known = kept.get(tenantId);
  if (known !== undefined && now < known.until) return known.page;
  if (kept.size >= KEPT_MAX) kept.clear();
  const page = pageOf(deps, tenantId);
  kept.set(tenantId, { until: now + FRESH_MS, page });
  // What could not be read is not shown again.
  page.catch(() => kept.delete(tenantId));
  return page;
}

/**
 * What anybody may read of how a tenant's controls stand, by its slug, where the tenant has published it; as of at most a
 * minute ago. NotFound for every other slug alike, at once when it is withdrawn; LimitReached when one network `address` reads too
 * often, before anything is looked up.
 */
export async function readTrustPage(
  slug: string,
  address: string,
  deps: Deps = { database: processDatabase(), clock: systemClock, blobs: blobStoreOf(env()) },
): Promise<TrustPage> {
  const { database } = deps;
  const wait = await takeAllowance(database, `trust:address:${address}`, PER_ADDRESS);
  if (wait !== null)
    throw limitReached(`Too many readings from your address. Try again in ${wait} s.`, { retryAfterSeconds: wait });
  const [found] = slugSchema.safeParse(slug).success
    ? await withSystem({ database }, "find-tenant", (tx) =>
        tx.select({ tenantId: tenants.tenantId, name: tenants.name }).from(tenants).where(eq(tenants.slug, slug)),
      )
    : [];
  if (found === undefined) throw notFound("trust page");
  const { tenantId, name } = found;
  const isOn = await withTenant({ database, tenantId }, (tx) => isPublished(tx, tenantId));
  if (!isOn) throw notFound("trust page");
  return { name, ...(await freshPage(deps, tenantId)) };
}
