import { sql } from "drizzle-orm";
import { ask, before, fail, pass, type Probe, type ProbeScope, unknown } from "./probe";

/** How long a rehearsal counts: a month, and the week in which the next may come late. */
const RESTORED_DAYS = 35;
const REHEARSED_DAYS = 100;
/** What a control says of the time that a recovery may take. */
const RECOVERY_SECONDS_MAX = 3_600;

interface LastRehearsal extends Record<string, unknown> {
  id: string;
  outcome: string | null;
  differences: number | null;
  recovery: number | null;
  loss: number | null;
  old: boolean;
}

/** The newest rehearsal of a restore that is on record. */
async function lastRehearsal(scope: ProbeScope, days: number): Promise<LastRehearsal | undefined> {
  const [last] = await ask<LastRehearsal>(
    scope,
    sql`select id, facts->>'outcome' as outcome, json_array_length(facts->'differences') as differences,
        (facts->>'recoverySeconds')::float8 as recovery, (facts->>'lossSeconds')::float8 as loss,
        collected_at < ${before(scope.now, days, "day")} as old
      from evidence_items where tenant_id = ${scope.tenantId} and kind = 'backup-drill'
      order by collected_at desc, id desc limit 1`,
  );
  return last;
}

const NEVER = unknown("No restore was rehearsed yet.");

export const backupRestored: Probe = async (scope) => {
  const last = await lastRehearsal(scope, RESTORED_DAYS);
  if (last === undefined) return NEVER;
  const { id: evidence, outcome, differences, old } = last;
  if (old) return fail(`The last rehearsal of a restore is more than ${RESTORED_DAYS} days ago.`, { evidence });
  if (outcome !== "pass" || differences !== 0)
    return fail("What was restored last is not what was backed up.", { evidence, differences });
  return pass("What was restored last is what was backed up.", { evidence });
};

export const recoveryInTime: Probe = async (scope) => {
  const last = await lastRehearsal(scope, REHEARSED_DAYS);
  if (last === undefined) return NEVER;
  const { id: evidence, recovery, loss, old } = last;
  if (old) return fail(`Recovery was last rehearsed more than ${REHEARSED_DAYS} days ago.`, { evidence });
  if (recovery === null || loss === null)
    return fail("The last rehearsal did not come so far that its time was measured.", { evidence });
  const facts = { evidence, recoverySeconds: recovery, lossSeconds: loss };
  return recovery <= RECOVERY_SECONDS_MAX
    ? pass(`The last rehearsal recovered in ${recovery} seconds.`, facts)
    : fail(`The last rehearsal took ${recovery} seconds, more than ${RECOVERY_SECONDS_MAX}.`, facts);
};
