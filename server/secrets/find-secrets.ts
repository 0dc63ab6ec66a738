import { and, eq, gte, inArray, isNull, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { secrets } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Environment } from "@/policies/access/vocabulary";

/** Moments of several machines are compared: their clocks may differ by this much (milliseconds). */
const CLOCKS_DIFFER_MS = 300_000;

/** The secrets that a run may use or may have used. */
export interface SecretsAsked {
  environment: Environment;
  /** Those that its workflow's version names. */
  names: readonly string[];
  /** When the run was started: versions that ended before have not been sent by it. */
  since: Date;
}

/** Versions of the named secrets as they stand, sealed: those in use, and those that ended while the run went on. */
export type FoundSecret = Awaited<ReturnType<typeof findSecrets>>[number];

/**
 * What a run's environment has of the secrets asked for. No verb: nobody asks but the executor, for the call that it is
 * about to make, and values leave it in that call alone.
 */
export function findSecrets(
  ctx: { database: Database; tenantId: string },
  { environment, names, since }: SecretsAsked,
) {
  const stillCounts = gte(secrets.endedAt, new Date(since.getTime() - CLOCKS_DIFFER_MS));
  const { tenantId } = ctx;
  return withTenant(ctx, (tx) =>
    tx
      .select()
      .from(secrets)
      .where(
        and(
          eq(secrets.tenantId, tenantId),
          eq(secrets.environment, environment),
          inArray(secrets.name, [...names]),
          or(isNull(secrets.endedAt), stillCounts),
        ),
      ),
  );
}
