import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import { expectedCatalogue, readCatalogue } from "@/db/catalogue";
import { processes, remediationTasks } from "@/db/schema";
import { withTenant, withoutTenant } from "@/db/tenancy";
import { grantPlanTo } from "@/db/testing/factories";
import { overridePlan } from "@/server/entitlements";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { updateTenant } from "@/server/tenants";
import { memberContext } from "@/server/testing/actors";
import { expectReceipt, recordedEvents } from "@/server/testing/records";
import { compareObjects } from "./domain/compare-objects";
import { acceptDrift, getDriftStatus } from "./index";
import { useDriftWorld } from "./testing/drift-world";

const world = useDriftWorld();
const { db, clock, code, ctx, look, find, openOf, foundedTenant } = world;

it("finds nothing in a database that is as it was made", async () => {
  await foundedTenant();
  expect(await find()).toEqual([]);
  expect(await look()).toEqual({ differences: 0, opened: 0, closed: 0 });
  expect(await getDriftStatus(world.admin, {})).toMatchObject({ open: 0, lastCheck: { isFailed: false, fault: null } });
});

const runs = "public.runs";
describe("a difference of the database", () => {
  it.each<[string, string, string]>([
    ["row level security that is off", `alter table ${runs} disable row level security`, `rls:${runs}`],
    ["row level security that is not forced", `alter table ${runs} no force row level security`, `force:${runs}`],
    [
      "row level security of the executor that is off",
      "alter table engine.events disable row level security",
      "rls:engine.events",
    ],
    ["a wall that was altered", `alter policy tenant_wall on ${runs} using (true)`, `policy:${runs}:tenant_wall`],
    [
      "a wall with another check",
      `alter policy tenant_wall on ${runs} with check (true)`,
      `policy:${runs}:tenant_wall`,
    ],
    ["a wall for other roles", `alter policy tenant_wall on ${runs} to conductor_app`, `policy:${runs}:tenant_wall`],
    [
      "a wall over another setting",
      `alter policy tenant_wall on ${runs} using (tenant_id = (select nullif(current_setting('App.Tenant_id', true), '')))`,
      `policy:${runs}:tenant_wall`,
    ],
    ["a wall that was dropped", `drop policy tenant_wall on ${runs}`, `policy:${runs}:tenant_wall`],
    ["a policy that was added", `create policy "Open it" on ${runs} using (true)`, `policy:${runs}:Open it`],
    [
      "a grant that was added",
      "grant update on public.receipts to conductor_app",
      "grant:public.receipts:conductor_app",
    ],
    ["a grant that was removed", `revoke delete on ${runs} from conductor_app`, `grant:${runs}:conductor_app`],
    ["a grant to the engine", `grant select on ${runs} to conductor_engine`, `grant:${runs}:conductor_engine`],
    ["a grant to everyone", "grant select on public.sessions to public", "grant:public.sessions:public"],
    [
      "a grant of one column",
      "grant update (hash) on public.receipts to conductor_app",
      "grant:public.receipts.hash:conductor_app:update",
    ],
    ["another owner", `alter table ${runs} owner to current_user`, `owner:${runs}`],
    ["a table that no release made", "create table public.planted (id text)", "table:public.planted"],
    ["a view that no release made", "create view public.planted as select 1 as one", "table:public.planted"],
    ["a rule", `create rule hush as on delete to ${runs} do instead nothing`, `rule:${runs}:hush`],
    [
      "a function that was altered",
      "create or replace function public.kill_is_on(tenant text, workflow text) returns boolean language plpgsql stable as 'begin return false; end'",
      "function:public.kill_is_on(text, text)",
    ],
    [
      "a function with its owner's rights",
      "alter function public.kill_is_on(text, text) security definer",
      "function:public.kill_is_on(text, text)",
    ],
    [
      "a function with another setting",
      "alter function public.pass_gate(text) set search_path = elsewhere",
      "function:public.pass_gate(text)",
    ],
    [
      "a function that was added",
      "create function public.planted(n integer) returns integer language sql as 'select n'",
      "function:public.planted(integer)",
    ],
    [
      "a trigger that is off",
      `alter table ${runs} disable trigger runs_tell_caller`,
      `trigger:${runs}:runs_tell_caller`,
    ],
    ["a trigger that was dropped", `drop trigger runs_count_new on ${runs}`, `trigger:${runs}:runs_count_new`],
    [
      "a trigger that was added",
      `create trigger planted after insert on ${runs} execute function engine.announce()`,
      `trigger:${runs}:planted`,
    ],
    ["a setting of a role", "alter role conductor_app set app.planted = 'x'", "role:conductor_app:config"],
  ])("is found by one look, %s, and gone once its undo was run as printed", async (_what, plant, key) => {
    await world.owner.query(plant);
    expect((await find()).map((one) => one.key)).toEqual([`database:${key}`]);
    expect(await look()).toMatchObject({ differences: 1, opened: 1 });
    const [task] = await openOf(world.operating.tenantId);
    expect(task).toMatchObject({ kind: "database", key: `database:${key}`, undoRuns: "sql" });
    await world.owner.query(must(task, "the difference has a task").undo);
    expect(await look()).toEqual({ differences: 0, opened: 0, closed: 1 });
    expect(await openOf(world.operating.tenantId)).toEqual([]);
  });

  // Roles belong to the whole cluster, which other tests use at the same time: these are never committed.
  it.each([
    ["bypasses every wall", "alter role conductor_app bypassrls", "conductor_app:attributes"],
    ["may make databases", "alter role conductor_engine createdb", "conductor_engine:attributes"],
    ["cannot sign in", "alter role conductor_engine nologin", "conductor_engine:attributes"],
    ["may act as another", "grant pg_monitor to conductor_engine", "conductor_engine:memberOf"],
  ])("is a role that %s, and none once its undo was run as printed", async (_what, plant, key) => {
    await world.owner.query("begin");
    try {
      await world.owner.query(plant);
      const compare = async () => compareObjects(expectedCatalogue(), await readCatalogue(drizzle(world.owner)));
      const [found, ...others] = await compare();
      expect([found?.key, others]).toEqual([`database:role:${key}`, []]);
      await world.owner.query(must(found, "it differs").undo.text);
      expect(await compare()).toEqual([]);
    } finally {
      await world.owner.query("rollback");
    }
  });
});

describe("a task", () => {
  const plant = () => world.owner.query("grant update on public.receipts to conductor_app");

  it("is one per difference, stays until the check passes, and is opened again when it is back", async () => {
    await plant();
    await look();
    expect(await look()).toMatchObject({ differences: 1, opened: 0, closed: 0 });
    const [task] = await openOf(world.operating.tenantId);
    const { id, undo, times } = must(task, "the difference has a task");
    await expectReceipt(world.admin, "remediation.open", `remediation:${id}`);
    await world.owner.query(undo);
    clock.advance(60_000);
    await look();
    await expectReceipt(world.admin, "remediation.close", `remediation:${id}`);
    await plant();
    clock.advance(60_000);
    expect(await look()).toMatchObject({ opened: 1 });
    expect(await openOf(world.operating.tenantId)).toMatchObject([{ id, times: times + 1, closedAt: null }]);
    await world.owner.query(undo);
    await look();
    expect((await recordedEvents(db.ownerUrl, world.operating.tenantId)).at(-1)).toBe("remediation.opened");
  });

  it("says what is there now when it differs in another way", async () => {
    await plant();
    await look();
    await world.owner.query("grant delete on public.receipts to conductor_app");
    expect(await look()).toMatchObject({ opened: 0 });
    const [task] = await openOf(world.operating.tenantId);
    expect(task?.found).toBe("delete, insert, select, update");
    await world.owner.query(must(task, "the difference has a task").undo);
    expect(await look()).toMatchObject({ differences: 0, closed: 1 });
  });

  it("is opened once by two looks at the same time", async () => {
    await plant();
    const looks = await Promise.all([look(), look()]);
    expect(looks.reduce((sum, { opened }) => sum + opened, 0)).toBe(1);
    const [task] = await openOf(world.operating.tenantId);
    await world.owner.query(must(task, "the difference has a task").undo);
    await look();
  });
});

it("names what is of a region that the deployment does not have any more, by tenant, until it is moved", async () => {
  const { tenantId, slug } = await foundedTenant();
  const person = await memberContext(db.database, { tenantId, slug }, { roles: ["operator"], region: "mars" }, clock);
  await expect(getDriftStatus(person, {})).rejects.toThrow("your region is none that this deployment has");
  expect(await look()).toMatchObject({ differences: 1, opened: 1 });
  expect(await openOf(tenantId)).toMatchObject([
    {
      key: `database:region:${tenantId}:member:mars`,
      found: "1 with mars: denied as malformed, whatever is asked",
      ...{ undoRuns: "command", undo: "export CONDUCTOR_REGIONS=eu,us,apac,mars" },
    },
  ]);
  await world.owner.query("update members set region = 'us' where tenant_id = $1 and region = 'mars'", [tenantId]);
  expect(await look()).toMatchObject({ differences: 0, closed: 1 });
});

it("tells a tenant without the feature of nothing new, closes what is there, and counts all of it", async () => {
  const { tenantId, slug } = await foundedTenant();
  await memberContext(db.database, { tenantId, slug }, { roles: ["operator"], region: "mars" }, clock);
  await look();
  await overridePlan({ ...ctx(), tenantId }, null);
  const member = await memberContext(db.database, { tenantId, slug }, { roles: ["operator"], region: "venus" }, clock);
  await expect(getDriftStatus(member, {})).rejects.toThrow("your region is none that this deployment has");
  expect(await look()).toMatchObject({ differences: 2, opened: 0 });
  expect((await openOf(tenantId)).map(({ key }) => key)).toEqual([`database:region:${tenantId}:member:mars`]);
  const asked = { key: `database:region:${tenantId}:member:mars`, reason: "Seen" };
  await expect(acceptDrift({ ...ctx(), tenantId }, asked)).rejects.toMatchObject({
    ...{ code: "NotEntitled", details: { feature: "drift-detection", why: "not-in-plan" } },
  });
  await world.owner.query("update members set region = 'us' where tenant_id = $1", [tenantId]);
  expect(await look()).toMatchObject({ differences: 0, closed: 1 });
});

it("tells the operating tenant of the deployment's own differences, whatever its plan is", async () => {
  const { tenantId } = world.operating;
  await overridePlan({ ...ctx(), tenantId }, null);
  await world.owner.query("grant update on public.receipts to conductor_app");
  expect(await look()).toMatchObject({ differences: 1, opened: 1 });
  await world.owner.query("revoke update on public.receipts from conductor_app");
  expect(await look()).toMatchObject({ closed: 1 });
  await grantPlanTo(db.database, tenantId, "internal");
});

it("a process of other code is found once the rollout is over, and gone after its undo", async () => {
  const child = spawn("sleep", ["600"]);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const now = clock.now();
  const row = {
    ...{
      id: newId("process"),
      kind: "web" as const,
      host: "here",
      pid: must(child.pid, "it runs"),
      policy: code.policy,
    },
    ...{ revision: "build-0", startedAt: new Date(now.getTime() - 3_600_000), seenAt: now },
    decisionTimes: { bounds: [], counts: [], sum: 0 },
  };
  const mark = (over: Partial<typeof row> = {}) =>
    withoutTenant(db, (tx) => tx.insert(processes).values({ ...row, ...over }));
  await mark();
  const newer = newId("process");
  await mark({ id: newer, revision: "build-1", startedAt: now });
  expect(await find()).toEqual([]);
  await withoutTenant(db, (tx) => tx.delete(processes).where(eq(processes.id, newer)));
  await look();
  const [task] = await openOf(world.operating.tenantId);
  expect(task).toMatchObject({ kind: "process", key: `process:${row.id}`, undoRuns: "command" });
  await promisify(execFile)("sh", ["-c", must(task, "the difference has a task").undo]);
  await ended;
  clock.advance(61_000);
  expect(await look()).toMatchObject({ differences: 0, closed: 1 });
});

it("a decision that its own policy does not bear out is found, until it was looked into", async () => {
  const { tenantId, ctx: founder } = await foundedTenant();
  await updateTenant(founder, { name: "Renamed" });
  const operator = await memberContext(db.database, { tenantId, slug: founder.tenant.slug }, { roles: ["operator"] });
  await expect(updateTenant(operator, { name: "Mine" })).rejects.toMatchObject({ code: "Forbidden" });
  expect(await find()).toEqual([]);
  await world.owner.query(
    `update decisions set body = jsonb_set(body::jsonb, '{allow}', 'true')::json
     where tenant_id = $1 and body ->> 'allow' = 'false'`,
    [tenantId],
  );
  await look();
  const [task] = await openOf(tenantId);
  expect(task).toMatchObject({ kind: "behaviour", found: "allowed", undoRuns: "command" });
  const { key } = must(task, "the difference has a task");
  expect(await acceptDrift({ ...ctx(), tenantId }, { key, reason: "Looked into" })).toBe("accepted");
  expect(await look()).toMatchObject({ differences: 0, closed: 1 });
  const closed = and(eq(remediationTasks.tenantId, tenantId), eq(remediationTasks.key, key));
  const [after] = await withTenant({ ...db, tenantId }, (tx) => tx.select().from(remediationTasks).where(closed));
  expect(after?.closedAt).not.toBeNull();
});

it("a look that fails closes nothing and says so, and why to the operating tenant alone", async () => {
  await world.owner.query("grant update on public.receipts to conductor_app");
  await look();
  await world.owner.query("alter table public.processes rename to elsewhere");
  await expect(look()).rejects.toThrow();
  await world.owner.query("alter table public.elsewhere rename to processes");
  expect(await openOf(world.operating.tenantId)).toHaveLength(1);
  const { lastCheck } = await getDriftStatus(world.admin, {});
  expect(lastCheck).toMatchObject({ isFailed: true });
  expect(lastCheck?.fault).toContain("processes");
  const { ctx: founder } = await foundedTenant();
  expect((await getDriftStatus(founder, {})).lastCheck).toMatchObject({ isFailed: true, fault: null });
  const [task] = await openOf(world.operating.tenantId);
  await world.owner.query(must(task, "the difference has a task").undo);
  expect(await look()).toMatchObject({ differences: 0, closed: 1 });
});
