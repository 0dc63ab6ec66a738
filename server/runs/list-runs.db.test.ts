import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { seedVariedRuns } from "@/db/testing/varied-runs";
import { actorRef } from "@/server/kernel/actor";
import { must } from "@/server/kernel/errors";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { exportRuns, listRuns, startRun } from "./index";
import { runsQuery } from "./list-runs";
import { listRunsSchema } from "./schemas";

const db = useTestDatabase();
const LIMIT = 50;

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  Alias?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How a page of the list was read: what of the runs was looked at, and how many blocks in all. */
async function readingOf(ctx: TenantContext, input: Record<string, unknown>) {
  return withTenant(ctx, async (tx) => {
    const scope = { ctx, tx, now: ctx.clock.now() };
    const { query } = await runsQuery(scope, listRunsSchema.parse({ limit: LIMIT, ...input }));
    const { sql, params } = query.toSQL();
    const client = tx.$client as pg.PoolClient;
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] | string }>(
      `explain (analyze, buffers, timing off, format json) ${sql}`,
      params,
    );
    const said = must(rows[0], "explain answers")["QUERY PLAN"];
    const [{ Plan: plan }] = typeof said === "string" ? (JSON.parse(said) as [{ Plan: PlanNode }]) : said;
    const ofRuns = nodesOf(plan).filter((node) => node["Relation Name"] === "runs");
    return {
      shown: plan["Actual Rows"],
      rowsSeen: ofRuns.reduce(
        (sum, node) => sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
        0,
      ),
      seqScans: ofRuns.filter((node) => node["Node Type"] === "Seq Scan").length,
      blocks: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
    };
  });
}

describe("a list of 100,000 runs", () => {
  let reader: TenantContext;
  let outsider: TenantContext;
  let rare: string;
  let biggest: string;
  let smallest: string;
  let owner: pg.Client;

  beforeAll(async () => {
    owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    const { tenant, as } = await tenantWith(db.database, ["operator"]);
    reader = await memberContext(db.database, tenant, { roles: ["operator"], clearance: "restricted" });
    outsider = await memberContext(db.database, tenant, { roles: ["operator"], clearance: "public" });
    rare = actorRef(as.operator.actor);
    const starters = [reader, outsider].map(({ actor }) => actorRef(actor));
    await seedVariedRuns(owner, { tenantId: tenant.tenantId, starters: [...starters, rare], count: 100_001 });
    const { rows } = await owner.query<{ workflow_id: string }>(
      "select workflow_id from runs where tenant_id = $1 group by 1 order by count(*) desc",
      [tenant.tenantId],
    );
    biggest = must(rows[0], "there are workflows").workflow_id;
    smallest = must(rows.at(-1), "there are workflows").workflow_id;
  }, 240_000);
  afterAll(async () => owner.end());

  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
  const each = (field: string, words: readonly string[]) =>
    words.map((word): [string, Record<string, unknown>] => [`${field} ${word}`, { [field]: word }]);
  const filters = (): [string, Record<string, unknown>][] => [
    ["nothing", {}],
    ...each("status", ["succeeded", "failed", "cancelled", "killed", "queued"]),
    ...each("environment", ["dev", "staging", "prod"]),
    ...each("riskProfile", ["low", "medium", "high", "critical"]),
    ...each("dataSensitivity", ["public", "internal", "confidential", "restricted"]),
    ...each("region", ["eu", "us", "apac", "moon"]),
    ...each("businessUnit", ["general", "finance", "nobody"]),
    ["a big workflow", { workflowId: biggest }],
    ["a small workflow", { workflowId: smallest }],
    ["a workflow's name", { text: "Varied 7" }],
    ["every workflow's name", { text: "varied" }],
    ["a name nobody has", { text: "no such name" }],
    ["the start of an id", { text: "run_0a1b2" }],
    ["the start of many ids", { text: "run_0" }],
    ["me", { startedBy: "me" }],
    ["one who rarely starts anything", { startedBy: rare }],
    ["the last hour", { from: day(1 / 24) }],
    ["a week", { from: day(37), to: day(30) }],
    ["a big workflow's failures", { workflowId: biggest, status: "failed" }],
    ["a big workflow's kills", { workflowId: biggest, status: "killed" }],
    ["failures in production", { status: "failed", environment: "prod" }],
    ["failures last month", { status: "failed", from: day(60), to: day(30) }],
    ["mine in production", { startedBy: "me", environment: "prod" }],
    ["a name's failures", { text: "Varied 7", status: "failed" }],
    ["rare kills in dev", { status: "killed", environment: "dev" }],
  ];

  it("is read by the page, whatever it is filtered by", async () => {
    const bad: unknown[] = [];
    for (const [name, filter] of filters())
      for (const [who, ctx] of Object.entries({ reader, outsider })) {
        const seen = await readingOf(ctx, filter);
        if (seen.seqScans > 0 || seen.rowsSeen > 1_500 || seen.blocks > 2_500) bad.push({ name, who, ...seen });
      }
    expect(bad).toEqual([]);
  });

  it("is read from the cursor on, however far down that is", async () => {
    const { rows } = await owner.query<{ id: string; created_at: Date }>(
      "select id, created_at from runs where tenant_id = $1 order by created_at desc offset 90000 limit 1",
      [reader.tenantId],
    );
    const last = must(rows[0], "there are runs");
    const cursor = Buffer.from(`${last.created_at.toISOString()}|${last.id}`).toString("base64url");
    expect(await readingOf(reader, { cursor })).toMatchObject({ shown: LIMIT + 1, seqScans: 0 });
    expect((await readingOf(reader, { cursor })).rowsSeen).toBeLessThan(1_000);
  });

  it("is exported up to 100,000 runs, and the export says that there are more", async () => {
    expect(await exportRuns(reader, {})).toMatchObject({ rows: 100_000, isCut: true });
    expect(await exportRuns(reader, { status: "failed" })).toMatchObject({ isCut: false });
  });

  it.each<[string, () => Record<string, unknown>, (ids: { rare: string; flow: string }) => string]>([
    ["nothing", () => ({}), () => "true"],
    ["status", () => ({ status: "killed" }), () => "status = 'killed'"],
    [
      "status and environment",
      () => ({ status: "failed", environment: "prod" }),
      () => "status = 'failed' and environment = 'prod'",
    ],
    ["environment", () => ({ environment: "staging" }), () => "environment = 'staging'"],
    ["risk", () => ({ riskProfile: "critical" }), () => "risk_profile = 'critical'"],
    ["business unit", () => ({ businessUnit: "finance" }), () => "business_unit = 'finance'"],
    ["sensitivity", () => ({ dataSensitivity: "confidential" }), () => "data_sensitivity = 'confidential'"],
    ["region", () => ({ region: "us" }), () => "region = 'us'"],
    [
      "workflow and status",
      () => ({ workflowId: biggest, status: "failed" }),
      ({ flow }) => `workflow_id = '${flow}' and status = 'failed'`,
    ],
    [
      "a workflow's name",
      () => ({ text: "ried 2" }),
      () => "workflow_id in (select id from workflows where name like '%ried 2%')",
    ],
    ["the start of an id", () => ({ text: "run_3f" }), () => "id like 'run_3f%'"],
    ["exactly one person", () => ({ startedBy: rare }), (ids) => `started_by = '${ids.rare}'`],
  ])("gives the newest by %s, as a plain question would", async (_by, filter, where) => {
    const { rows } = await owner.query<{ id: string }>(
      `select id from runs where tenant_id = $1 and ${where({ rare, flow: biggest })} order by created_at desc, id desc limit 50`,
      [reader.tenantId],
    );
    const page = await listRuns(reader, filter());
    expect(rows.length).toBeGreaterThan(0);
    expect(page.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  });
});

describe("listRuns", () => {
  const people = () => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "read_only"]);
  const input = { order: "A-1" };

  it("pages through all runs once, newest first, and shows no other tenant's", async () => {
    const [{ as }, other] = [await people(), await people()];
    const { workflowId } = await makePublished(as);
    const foreign = await makePublished(other.as);
    await startRun(other.as.operator, { workflowId: foreign.workflowId, input });
    const started: string[] = [];
    for (let n = 0; n < 5; n += 1) started.push((await startRun(as.operator, { workflowId, input })).runId);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRuns(as.read_only, { limit: 2, cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(started.reverse());
    expect((await listRuns(as.read_only, { workflowId: foreign.workflowId })).rows).toEqual([]);
  });

  it("finds by who started: the caller, a name, a key's name", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const { runId } = await startRun(as.operator, { workflowId, input });
    const byOther = await startRun(as.workflow_author, { workflowId, input });
    const found = async (ctx: TenantContext, startedBy: string) =>
      (await listRuns(ctx, { startedBy })).rows.map(({ id }) => id);
    expect(await found(as.operator, "me")).toEqual([runId]);
    expect(await found(as.workflow_author, "me")).toEqual([byOther.runId]);
    expect(await found(as.read_only, "me")).toEqual([]);
    const who = must((await listRuns(as.operator, { startedBy: "me" })).rows[0], "it is there");
    expect(await found(as.read_only, must(who.startedByName, "a person has a name"))).toContain(runId);
    expect(await found(as.read_only, "nobody is called this")).toEqual([]);
  });

  it.each([
    [{ status: "exploded" }, "status"],
    [{ environment: "moon" }, "environment"],
    [{ riskProfile: "none" }, "riskProfile"],
    [{ dataSensitivity: "secret" }, "dataSensitivity"],
    [{ region: "' or 1=1 --" }, "region"],
    [{ businessUnit: { ne: "x" } }, "businessUnit"],
    [{ startedBy: "" }, "startedBy"],
    [{ text: "x".repeat(121) }, "text"],
    [{ from: "yesterday" }, "from"],
    [{ to: "0000-01-01T00:00:00.000Z" }, "to"],
    [{ limit: 101 }, "limit"],
    [{ orderBy: "name" }, ""],
  ])("refuses %j at the field", async (bad, path) => {
    const { as } = await people();
    await expect(listRuns(as.operator, bad as never)).rejects.toMatchObject({
      code: "Invalid",
      details: { fields: [{ path }] },
    });
  });

  it.each(["%", "_", "\\", "'; drop table runs; --", "run_zz", "run_", "\u202e"])(
    "takes %j as plain text",
    async (text) => {
      const { as } = await people();
      await makePublished(as);
      expect((await listRuns(as.operator, { text, startedBy: text })).rows).toEqual([]);
    },
  );
});
