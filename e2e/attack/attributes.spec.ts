import { queryAsOwner } from "@/db/testing/owner-query";
import type { Caller } from "../fixtures/caller";
import { denialsOf } from "../fixtures/denials";
import type { Deployment } from "../fixtures/deployment";
import { definition, fresh, type Made, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

type Asked = [caller: Caller, procedure: string, input: Record<string, unknown>];

/**
 * Takes an attribute away from rows of one table, as a column that was not loaded or a migration gone wrong would, for
 * as long as `work` lasts. The schema itself forbids it, so the schema is bent first.
 */
async function without(
  { home }: Deployment,
  { table, column, where, ids }: { table: string; column: string; where: string; ids: string[] },
  work: () => Promise<void>,
): Promise<void> {
  const ask = (text: string, values: unknown[] = []) => queryAsOwner<{ id: string; kept: string }>(home, text, values);
  const kept = await ask(`select id, ${column} as kept from ${table} where ${where} = any($1)`, [ids]);
  expect(kept.length).toBeGreaterThan(0);
  await ask(`alter table ${table} alter column ${column} drop not null`);
  try {
    await ask(`update ${table} set ${column} = null where ${where} = any($1)`, [ids]);
    await work();
  } finally {
    for (const row of kept) await ask(`update ${table} set ${column} = $2 where id = $1`, [row.id, row.kept]);
    await ask(`alter table ${table} alter column ${column} set not null`);
  }
}

/** Each is denied, for the attribute that is missing and nothing else, and the denial is on record. */
async function expectDenied(deployment: Deployment, side: TenantSide, asked: Asked[], failed: RegExp): Promise<void> {
  const before = await denialsOf(deployment, side.slug);
  for (const [caller, procedure, input] of asked) {
    const answer = await caller.attempt(procedure, input);
    expect(answer, procedure).toMatchObject({ status: 403, code: "Forbidden" });
    expect(answer.message, procedure).toMatch(failed);
  }
  expect(await denialsOf(deployment, side.slug)).toBe(before + asked.length);
}

const ATTRIBUTES = ["environment", "region", "risk_profile", "business_unit", "data_sensitivity"] as const;
/** A region that is missing is told as one that the deployment does not have; everything else by its name. */
const told = (of: "principal" | "resource", column: string) =>
  column === "region"
    ? new RegExp(`${of === "principal" ? "your" : "its"} region is none that`)
    : new RegExp(`${of}\\.${camel(column)}\\b`);
const camel = (column: string) => column.replace(/_(.)/, (_all, letter: string) => letter.toUpperCase());

test("18 a version that lacks an attribute can be read, reviewed, published and run by nobody", async ({
  deployment,
  sides: { a },
}) => {
  const approved = await a.author.ask<Made>("workflows.create", { slug: fresh("bare"), definition: definition() });
  const { versionId, contentHash } = approved;
  await a.author.ask("workflows.submit", { versionId });
  await a.reviewer.ask("workflows.review", { versionId, contentHash, verdict: "approved" });
  const published = await publish(a);
  const asked: Asked[] = [
    [a.reviewer, "workflows.publish", { versionId, contentHash }],
    [a.reviewer, "workflows.review", { versionId, contentHash, verdict: "approved" }],
    [a.viewer, "workflows.get", { slug: approved.slug }],
    [a.operator, "runs.start", { workflowId: published.workflowId }],
  ];
  for (const column of ATTRIBUTES) {
    const rows = { table: "workflow_versions", column, where: "id", ids: [versionId, published.versionId] };
    await without(deployment, rows, () => expectDenied(deployment, a, asked, told("resource", column)));
  }
  // With everything back in its place, the same callers may do the same things: the attribute alone stood in the way.
  for (const [caller, procedure, input] of asked.slice(1)) await caller.ask(procedure, input);
  await a.reviewer.ask("workflows.publish", { versionId, contentHash });
});

test("18 a run that lacks an attribute can be read and stopped by nobody, and no list shows it", async ({
  deployment,
  sides: { a },
}) => {
  const { runId } = await a.operator.ask<{ runId: string }>("runs.start", { workflowId: a.workflow.workflowId });
  for (const column of ATTRIBUTES)
    await without(deployment, { table: "runs", column, where: "id", ids: [runId] }, async () => {
      const asked: Asked[] = [
        [a.owner, "runs.get", { runId }],
        [a.operator, "runs.rerun", { runId, stepId: "pause" }],
        [a.operator, "runs.cancel", { runId }],
        [a.operator, "runs.kill", { runId }],
      ];
      await expectDenied(deployment, a, asked, told("resource", column));
      if (column === "data_sensitivity")
        expect((await a.owner.attempt("runs.list", { limit: 100 })).text).not.toContain(runId);
    });
  await a.operator.ask("runs.kill", { runId });
});

test("18 a member who lacks an attribute may do nothing", async ({ deployment, sides: { b } }) => {
  const { rows } = await b.owner.ask<{ rows: { id: string; email: string }[] }>("members.list", { limit: 100 });
  const member = rows.find(({ email }) => email === b.reviewer.email);
  if (member === undefined) throw new Error("the reviewer is a member");
  for (const column of ["region", "business_unit", "clearance"])
    await without(deployment, { table: "members", column, where: "id", ids: [member.id] }, () =>
      expectDenied(
        deployment,
        b,
        [
          [b.reviewer, "workflows.list", {}],
          [b.reviewer, "workflows.get", { slug: b.workflow.slug }],
          [b.reviewer, "workflows.retire", { workflowId: b.workflow.workflowId }],
          [b.reviewer, "receipts.list", {}],
        ],
        told("principal", column),
      ),
    );
  await b.reviewer.ask("workflows.get", { slug: b.workflow.slug });
});

test("18 nobody writes a definition without its attributes, nor with ones of their own", async ({ sides: { a } }) => {
  const whole = definition().attributes as Record<string, unknown>;
  const bent: unknown[] = [
    undefined,
    null,
    {},
    [],
    { ...whole, owner: "me" },
    ...Object.keys(whole).flatMap((name) => {
      const { [name]: value, ...rest } = whole;
      return [
        rest,
        ...[null, "", [], ["dev"], { $in: ["dev"] }, "no such word", 1].map((bad) => ({ ...rest, [name]: bad })),
        { ...rest, constructor: { prototype: { [name]: value } } },
      ];
    }),
  ];
  for (const attributes of bent) {
    const asked = { slug: fresh("bare"), definition: definition({ attributes }) };
    const answer = await a.author.attempt("workflows.create", asked);
    expect(answer.status, JSON.stringify(attributes)).toBe(400);
  }
  // A prototype in the text of the request supplies nothing.
  for (const name of Object.keys(whole)) {
    const { [name]: value, ...rest } = whole;
    const attributes = `${JSON.stringify(rest).slice(0, -1)},"__proto__":${JSON.stringify({ [name]: value })}}`;
    const body = JSON.stringify({ slug: fresh("bare"), definition: definition({ attributes: "HERE" }) });
    const answer = await a.author.attemptText("workflows.create", body.replace('"HERE"', attributes));
    expect(answer.status, name).toBe(400);
  }
});
