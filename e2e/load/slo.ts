import pg from "pg";
import type { Database } from "@/db/client";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { type Clock, fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { mitigateBreach } from "@/server/mitigations";
import { countEvents, ensureSlos, judgeSlos, recountSlos } from "@/server/slos";
import type { SloEvent } from "@/server/slos/domain/event";
import { watchForeignCpu } from "./foreign-cpu";
import { quantile } from "./latencies";
import { withDatabase } from "./product";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

const [TENANTS, EVENTS, BATCH, CLIENTS] = [1_000, 200_000, 500, 2];
/** Tenants whose runs all fail in the last minute. */
const BREACHES = 50;
const ROUNDS = 3;
const MINUTE = 60_000;

/** Tenants with a licence, as rows: nobody signs in to them. */
async function makeTenants(owner: pg.Client, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId("tenant"));
  await owner.query(
    `insert into tenants (tenant_id, slug, name, is_operator, governance_profile)
     select id, 'bench-' || place, 'Bench ' || place, false, 'conductor-governance-saas'
     from unnest($1::text[]) with ordinality as x(id, place)`,
    [ids],
  );
  await owner.query(
    `insert into entitlement_overrides (tenant_id, id, plan, add_ons, more_seats, catalogue_version, reason, granted_by, granted_at, expires_at)
     select id, 'ovr_' || substr(id, 5), 'internal', '{}', 0, $2, 'A tenant of a benchmark.', 'system', now(), now() + interval '1 year'
     from unnest($1::text[]) as x(id)`,
    [ids, CATALOGUE.version],
  );
  return ids;
}

const ended = (at: Date, isGood: boolean): SloEvent => ({
  ...{ id: newId("run"), at },
  fact: { kind: "run", status: isGood ? "succeeded" : "failed", executionClass: "standard", workedMs: 1_000 },
});

interface Part {
  tenantId: string;
  events: SloEvent[];
}

/** Batches of events over the last days, spread over all tenants; of a thousand runs one fails. */
function batchesOf(tenants: readonly string[], count: number, now: Date): Part[] {
  return Array.from({ length: Math.ceil(count / BATCH) }, (_, batch) => ({
    tenantId: tenants[batch % tenants.length] ?? "",
    events: Array.from({ length: BATCH }, (_each, place) => {
      const age = ((batch * 7919 + place * 104_729) % (6 * 24 * 60)) * MINUTE;
      return ended(new Date(now.getTime() - age - MINUTE), (batch * BATCH + place) % 1_000 !== 7);
    }),
  }));
}

async function side<T>(parts: readonly T[], work: (part: T) => Promise<unknown>): Promise<number> {
  const left = [...parts];
  const at = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let part = left.pop(); part !== undefined; part = left.pop()) await work(part);
    }),
  );
  return (performance.now() - at) / 1_000;
}

/** The floor: the same rows put into a table without a key, as many at a time, and nothing else. */
async function bareInserts(ownerUrl: string, parts: readonly Part[]): Promise<number> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: CLIENTS });
  await pool.query(
    "create table if not exists bare_events (tenant_id text, slo_id text, event_id text, minute timestamptz, good int, total int)",
  );
  const took = await side(parts, ({ tenantId, events }) =>
    pool.query(
      `insert into bare_events select $1, slo, id, at, 1, 1 from unnest($2::text[], $3::timestamptz[]) as e(id, at), unnest(array['a', 'b']) slo`,
      [tenantId, events.map(({ id }) => id), events.map(({ at }) => at)],
    ),
  );
  await pool.query("truncate bare_events");
  await pool.end();
  return took;
}

/** Milliseconds from the close of a minute until each breach has its incident and its mitigations. */
async function breaches(database: Database, clock: Clock & { advance(ms: number): void }, tenants: readonly string[]) {
  for (const tenantId of tenants)
    await countEvents(
      { database, clock, tenantId },
      Array.from({ length: 50 }, () => ended(clock.now(), false)),
    );
  clock.advance(MINUTE);
  const at = performance.now();
  const ctx = { database, clock, newId, requestId: newId("request") };
  const { alerts } = await judgeSlos(ctx);
  const took: number[] = [];
  for (const { tenantId, alertId } of alerts) {
    await mitigateBreach({ ...ctx, tenantId }, alertId);
    took.push(performance.now() - at);
  }
  return took;
}

/**
 * How fast events are counted, beside bare inserts of the same rows as the floor; how long a pass over all objectives
 * takes; whether a recount comes to the same; and how long a breach takes to its incident and mitigations.
 */
export const run = ({ scale = 1 }: { scale?: number } = {}): Promise<Report> =>
  withDatabase(async (database, ownerUrl) => {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    const tenants = await makeTenants(owner, Math.max(10, Math.round(TENANTS * scale)));
    await owner.end();
    const clock = fixedClock(new Date());
    const ctx = { database, clock, newId, requestId: newId("request") };
    await ensureSlos(ctx);
    await judgeSlos(ctx);
    const foreign = watchForeignCpu();
    const runs: Record<string, number>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const parts = batchesOf(tenants, Math.round(EVENTS * scale), clock.now());
      const events = parts.length * BATCH;
      const bare = events / (await bareInserts(ownerUrl, parts));
      const counted =
        events / (await side(parts, ({ tenantId, events: told }) => countEvents({ database, clock, tenantId }, told)));
      clock.advance(MINUTE);
      const at = performance.now();
      await judgeSlos(ctx);
      const pass = performance.now() - at;
      runs.push({ bare, counted, pass, ratio: rounded(counted / bare) });
    }
    const recountAt = performance.now();
    const recount = await recountSlos(database, clock.now());
    const recountSeconds = (performance.now() - recountAt) / 1_000;
    const took = await breaches(database, clock, tenants.slice(0, Math.min(BREACHES, tenants.length)));
    const foreignCpuCores = rounded(foreign());
    const best = runs.reduce((a, b) => ((b.ratio ?? 0) > (a.ratio ?? 0) ? b : a));
    return {
      name: "slo",
      figures: {
        counted: { value: rounded(best.counted ?? 0, 0), unit: "events/s, each towards two objectives" },
        pass: {
          value: rounded(Math.min(...runs.map(({ pass = 0 }) => pass)), 0),
          unit: `ms, over ${tenants.length * 5} objectives`,
        },
        recount: { value: rounded(recountSeconds), unit: `s, of ${recount.events} rows` },
        drift: { value: recount.different, unit: "sums of a minute that a recount finds different" },
        breach50: {
          value: rounded(quantile(took, 0.5) / 1_000),
          unit: "s from the minute to the mitigation, half of them",
        },
        breach99: {
          value: rounded(quantile(took, 0.99) / 1_000),
          unit: `s, all but one in a hundred of ${took.length}`,
        },
      },
      floor: { value: rounded(best.bare ?? 0, 0), unit: "events/s, inserted bare" },
      ratio: best.ratio ?? 0,
      ...{ foreignCpuCores, void: foreignCpuCores > FOREIGN_CORES_MAX, runs },
    };
  });
