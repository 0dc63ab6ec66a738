import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { must } from "@/server/kernel/errors";
import { getRun, startRun } from "@/server/runs";
import { isFinal } from "@/server/runs/domain/status";
import { planlessTenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { quantile } from "../load/latencies";
import { rounded } from "../load/report";
import { type BadTarget, type Manner, MANNERS, startBadTarget, WELL } from "./bad-target";
import { type Asked, type Ground, onGround } from "./ground";
import { rssMb } from "./memory";
import type { Violation } from "./oracle";
import type { Desk } from "./orders-desk";
import type { ChaosReport } from "./report";

const WORKERS = 2;
const TIMEOUT_S = 10;
/** Each run asks so many targets, and of these so many at a time: some are still to be asked when the first have timed out. */
const PER_RUN = 40;
const AT_ONCE = 20;
/** Runs of the other tenant that are measured, before and beside. */
const MEASURED = 40;
const LOOK_MS = 200;
const DONE_WITHIN_MS = 300_000;
/** How late a timer may be on a machine with all its processors in use (milliseconds). */
const LATE_MS = 2_000;
const RSS_MORE_MB = 50;
const SLOWER_MOST = 2;
/**
 * What one run asks one after the other, when all before it has failed: more than two workers can be asked before the
 * circuit of one is open and met again (ten failures over two seconds, and one try), whichever of them is asked when.
 */
const ROW: readonly Manner[] = [
  ...Array.from({ length: 11 }, () => "fails" as const),
  ...(["is-silent", "is-silent", "is-silent"] as const),
  ...Array.from({ length: 11 }, () => "fails" as const),
];
const ROW_TIMEOUT_S = 1;
/** Attempts at 0, 2, 6, 14, 30 and 62 s: one of them comes after the longest pause of a circuit. */
const RETRIES = 5;

async function ask<R extends object>(ownerUrl: string, text: string, values: unknown[]): Promise<R[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Milliseconds from start to end of these runs, those that were killed left out. */
async function p99Of({ scene }: Ground, runIds: readonly string[]): Promise<number> {
  const rows = await ask<{ ms: string }>(
    scene.ownerUrl,
    `select extract(epoch from ended_at - created_at) * 1000 as ms from runs where id = any($1) and status = 'succeeded'`,
    [runIds],
  );
  return quantile(
    rows.map(({ ms }) => Number(ms)),
    0.99,
  );
}

/** The p99 of the next runs that the desk starts; all of them have ended by then. */
async function measure(ground: Ground, { accepted }: Desk): Promise<number> {
  const from = accepted.length;
  while (accepted.length < from + MEASURED) await setTimeout(LOOK_MS);
  const ids = accepted.slice(from, from + MEASURED).map(({ runId }) => runId);
  const isOpen = "select 1 from runs where id = any($1) and ended_at is null limit 1";
  while ((await ask(ground.scene.ownerUrl, isOpen, [ids])).length > 0) await setTimeout(LOOK_MS);
  return p99Of(ground, ids);
}

const newSide = ({ database }: Ground) =>
  planlessTenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
type Side = Awaited<ReturnType<typeof newSide>>;

/** A workflow that asks a target to misbehave in each of these manners, `atOnce` of them at a time, for so many seconds each. */
async function makeSlow(
  { as }: Side,
  { url }: BadTarget,
  { manners, seconds, atOnce }: { manners: readonly Manner[]; seconds: number; atOnce: number },
): Promise<string> {
  const items = JSON.stringify(manners);
  const request = { url: `${url}/{{ item }}` };
  const { workflowId } = await makePublished(as, {
    input: {},
    steps: [
      { id: "all", type: "for-each", items, body: "call", at_once: atOnce, on_error: "continue" },
      { id: "call", type: "http", retries: 0, timeout_seconds: seconds, request },
    ],
  });
  return workflowId;
}

/** Starts runs of another tenant that ask `count` targets, each of which misbehaves in some manner. */
async function startSlow(side: Side, bad: BadTarget, count: number): Promise<void> {
  const manners = Array.from({ length: PER_RUN }, (_, place) => must(MANNERS[place % MANNERS.length], "a manner"));
  const workflowId = await makeSlow(side, bad, { manners, seconds: TIMEOUT_S, atOnce: AT_ONCE });
  for (let asked = 0; asked < count; asked += PER_RUN) await startRun(side.as.operator, { workflowId });
}

/** How a run of a tenant has ended, or where it stands when its time is over. */
async function endOf({ as }: Side, runId: string): Promise<string> {
  const deadline = performance.now() + DONE_WITHIN_MS;
  for (;;) {
    const { status, failure } = await getRun(as.operator, { runId });
    if (isFinal(status) || performance.now() > deadline)
      return failure === null ? status : `${status}: ${failure.code}`;
    await setTimeout(LOOK_MS);
  }
}

/** Has one run of a tenant ask a host that fails, one attempt after the other; resolves when it has ended. */
async function askInRow(side: Side, bad: BadTarget): Promise<void> {
  const workflowId = await makeSlow(side, bad, { manners: ROW, seconds: ROW_TIMEOUT_S, atOnce: 1 });
  const { runId } = await startRun(side.as.operator, { workflowId });
  await endOf(side, runId);
}

/** Has a run of a tenant ask the same host where it answers well; gives how the run ended. */
async function askWell(side: Side, { url }: BadTarget, retries: number): Promise<string> {
  const request = { url: `${url}/${WELL}` };
  const { workflowId } = await makePublished(side.as, {
    input: {},
    steps: [{ id: "call", type: "http", retries, timeout_seconds: TIMEOUT_S, request }],
  });
  const { runId } = await startRun(side.as.operator, { workflowId });
  return endOf(side, runId);
}

interface Attempts {
  count: number;
  /** How many by how they ended. */
  ends: string;
  longest: number;
  /** How many were cut short as their host had failed again and again. */
  cutShort: number;
  open: number;
}

/** How the attempts of a tenant's steps ended, and how long the longest took. */
async function attemptsOf({ scene }: Ground, tenantId: string): Promise<Attempts> {
  const [row] = await ask<Attempts>(
    scene.ownerUrl,
    `select count(*)::int as count,
       (select string_agg(told, ', ') from (select count(*) || ' × ' || coalesce(failure::json ->> 'code', status) as told
         from run_steps where tenant_id = $1 and type = 'http' group by status, failure::json ->> 'code') as ended) as ends, coalesce(max(extract(epoch from ended_at - started_at) * 1000), 0)::float8 as longest,
       count(*) filter (where failure::json ->> 'code' = 'circuit-open')::int as "cutShort",
       (select count(*)::int from runs where tenant_id = $1 and ended_at is null) as open
     from run_steps where tenant_id = $1 and type = 'http' and status = 'failed'`,
    [tenantId],
  );
  return row ?? { count: 0, ends: "", longest: 0, cutShort: 0, open: 0 };
}

/**
 * Has one tenant's runs ask `count` targets that drip, never end, say nothing, fail or cut the line: attempts are cut at
 * their timeout, or short once the host has failed again and again; another tenant's runs go on, also to the same host;
 * that host is asked again when it answers; and neither lines nor memory grow without a limit.
 */
export async function run({ count, seed, say }: Asked): Promise<ChaosReport> {
  const bad = await startBadTarget();
  const options = { name: "slow-targets", workers: WORKERS, isHostile: false, hosts: [bad.host], seed, say };
  try {
    return await onGround(options, async (ground) => {
      const desk = ground.openDesk();
      const memory = () => Math.max(...ground.scene.fleet.ready().map(({ child }) => rssMb(child.pid)));
      // The first of them warm everything up.
      await measure(ground, desk);
      const before = { p99: await measure(ground, desk), rss: memory() };
      const [slow, other] = [await newSide(ground), await newSide(ground)];
      const { tenantId } = slow.tenant;
      await startSlow(slow, bad, count);
      const beside = { p99: await measure(ground, desk), rss: memory() };
      say(`p99 ${Math.round(before.p99)} ms before, ${Math.round(beside.p99)} ms beside`);
      const deadline = performance.now() + DONE_WITHIN_MS;
      while ((await attemptsOf(ground, tenantId)).open > 0 && performance.now() < deadline) {
        beside.rss = Math.max(beside.rss, memory());
        await setTimeout(LOOK_MS);
      }
      const attempts = await attemptsOf(ground, tenantId);
      // Among the many it is chance whether any is still to be made once a worker has seen enough.
      await askInRow(slow, bad);
      const { cutShort, ends } = await attemptsOf(ground, tenantId);
      // Now, while the circuits of the one are open.
      const ofOther = await askWell(other, bad, 0);
      const ofSlow = await askWell(slow, bad, RETRIES);
      const { evidence: _evidence, figures, ...report } = await ground.judge(desk);
      const cap = Math.ceil(count / PER_RUN) * AT_ONCE;
      const rules: readonly (readonly [broken: boolean, rule: string, words: string])[] = [
        [
          attempts.count !== count || attempts.open > 0,
          "every attempt ends",
          `${attempts.count} ended, ${attempts.open} runs open`,
        ],
        [
          attempts.longest > TIMEOUT_S * 1_000 + LATE_MS,
          "an attempt is cut at its timeout",
          `one took ${attempts.longest} ms`,
        ],
        [cutShort === 0, "a circuit opens", `${ends} ended`],
        [ofOther !== "succeeded", "a circuit is one tenant's", `another's run to the same host: ${ofOther}`],
        [ofSlow !== "succeeded", "a circuit closes when its host answers", `a run that tries again: ${ofSlow}`],
        [beside.p99 > SLOWER_MOST * before.p99, "others go on", `p99 of ${beside.p99} ms, before ${before.p99} ms`],
        [bad.mostOpen() > cap, "lines are bounded", `${bad.mostOpen()} were open, of ${cap}`],
        [beside.rss - before.rss > RSS_MORE_MB, "memory is bounded", `${beside.rss} MB, before ${before.rss} MB`],
      ];
      const violations: Violation[] = rules.flatMap(([broken, rule, words]) => (broken ? [{ rule, words }] : []));
      return {
        ...report,
        figures: {
          targets: {
            value: attempts.count,
            unit: `attempts (${attempts.ends}); the longest ${Math.round(attempts.longest)} ms`,
          },
          before: { value: rounded(before.p99), unit: "ms, p99 of another tenant's runs before" },
          beside: { value: rounded(beside.p99), unit: "ms, the same beside" },
          lines: { value: bad.mostOpen(), unit: `lines open at most, of ${cap}` },
          rssMore: { value: rounded(beside.rss - before.rss), unit: "MB that a worker had more" },
          ...figures,
        },
        violations: [...violations, ...report.violations],
      };
    });
  } finally {
    await bad.stop();
  }
}
