import { sql } from "drizzle-orm";
import { ask, at, before, fail, noneBreaks, pass, type Probe, unknown } from "./probe";

export const incidentsTakenOn = noneBreaks(
  ({ tenantId, now }) => sql`select id from incidents where tenant_id = ${tenantId} and not is_drill
    and opened_at > ${before(now, 90, "day")} and severity in ('sev1', 'sev2')
    and coalesce(acknowledged_at, ${at(now)}) > opened_at + case severity when 'sev1' then interval '15 minutes' else interval '1 hour' end`,
  {
    holds: "Severe incidents of the last 90 days were taken on in time.",
    breaks: (count) => `${count} severe incidents of the last 90 days were not taken on in time.`,
  },
);

export const drillRecent: Probe = async (scope) => {
  const [last] = await ask<{ id: string; grade: string; old: boolean }>(
    scope,
    sql`select id, grade, ended_at < ${before(scope.now, 100, "day")} as old from drills
      where tenant_id = ${scope.tenantId} order by ended_at desc limit 1`,
  );
  if (last === undefined) return unknown("No drill was run yet.");
  if (last.old) return fail("The last drill is more than 100 days ago.", { drill: last.id });
  return last.grade === "passed"
    ? pass("The last drill passed.", { drill: last.id })
    : fail("The last drill did not pass.", { drill: last.id });
};

export const incidentsClosed = noneBreaks(
  ({ tenantId, now }) => sql`select id from incidents where tenant_id = ${tenantId} and status = 'resolved'
    and resolved_at < ${before(now, 14, "day")}`,
  {
    holds: "No incident waits longer than 14 days to be looked back at.",
    breaks: (count) => `${count} incidents wait longer than 14 days to be looked back at.`,
  },
);

/** One kill in a hundred may take longer: a hold that fell into a restart. */
const SLOW_SHARE = 0.01;

export const killSwitchWorks: Probe = async (scope) => {
  const [kills] = await ask<{ all: number; slow: number }>(
    scope,
    sql`select count(*)::int as all, (count(*) filter (
        where coalesce(settled_at, ${at(scope.now)}) > set_at + interval '1 minute'))::int as slow
      from holds where tenant_id = ${scope.tenantId} and kind = 'kill' and set_at > ${before(scope.now, 90, "day")}`,
  );
  if (kills === undefined || kills.all === 0)
    return pass("Nothing had to be killed in the last 90 days.", { kills: 0 });
  const { all, slow } = kills;
  return slow <= all * SLOW_SHARE
    ? pass(`${all} kills of the last 90 days were settled within a minute.`, { kills: all, slow })
    : fail(`${slow} of ${all} kills of the last 90 days were not settled within a minute.`, { kills: all, slow });
};
