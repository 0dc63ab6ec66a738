import { and, eq, gt, isNull } from "drizzle-orm";
import { apiKeys, members, runs, triggers } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Tx } from "@/db/tenancy";
import type { Principal } from "@/policies/access/request";
import { idIn } from "./domain/reference";

/** Runs that started each other are followed this far. */
const MOST_RUNS = 20;

/** Who stands behind a run that another run started: whoever started the first of them. */
async function firstStarter(tx: Tx, tenantId: string, startedBy: string): Promise<string> {
  let reference = startedBy;
  for (let followed = 0; followed < MOST_RUNS; followed += 1) {
    const runId = idIn(reference, "run");
    if (runId === null) break;
    const [run] = await tx
      .select({ startedBy: runs.startedBy })
      .from(runs)
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId)));
    if (run === undefined) break;
    reference = run.startedBy;
  }
  return reference;
}

/** Who started a run, with the rights they have now; null for one who is no member any more, or was revoked or disabled. */
export async function findStarter(
  tx: Tx,
  { tenantId, startedBy }: { tenantId: string; startedBy: string },
  now: Date,
): Promise<Principal | null> {
  const reference = await firstStarter(tx, tenantId, startedBy);
  const [userId, keyId, triggerId] = ["user", "api_key", "trigger"].map((kind) => idIn(reference, kind));
  if (userId != null) {
    const { roles, region, businessUnit, clearance } = members;
    const [found] = await tx
      .select({ roles, region, businessUnit, clearance })
      .from(members)
      .where(and(eq(members.tenantId, tenantId), eq(members.userId, userId), isStanding(now)));
    return found === undefined ? null : { kind: "user", id: userId, tenantId, ...found };
  }
  if (keyId != null) {
    const { roles, region, businessUnit, clearance } = apiKeys;
    const isLive = and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now));
    const [found] = await tx
      .select({ roles, region, businessUnit, clearance })
      .from(apiKeys)
      .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, keyId), isLive));
    return found === undefined ? null : { kind: "api_key", id: keyId, tenantId, ...found };
  }
  if (triggerId == null) return null;
  const { roles, region, businessUnit, clearance } = triggers;
  const isLive = and(eq(triggers.isEnabled, true), isNull(triggers.deletedAt));
  const [found] = await tx
    .select({ roles, region, businessUnit, clearance })
    .from(triggers)
    .where(and(eq(triggers.tenantId, tenantId), eq(triggers.id, triggerId), isLive));
  return found === undefined ? null : { kind: "trigger", id: triggerId, tenantId, ...found };
}
