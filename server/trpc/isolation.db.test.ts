import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { useTestDatabase } from "@/db/testing/test-database";
import { makeTenant, type MadeTenant } from "@/db/testing/factories";
import { audits, bundles, drills, evidenceItems, findings, remediationTasks, slos } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { ROLES } from "@/policies/access/vocabulary";
import { slosOf } from "@/policies/slos";
import { listReviewedAccess, openAccessReview } from "@/server/access-reviews";
import { listApprovals } from "@/server/approvals";
import { registerAdapter } from "@/server/adapters";
import { createApiKey } from "@/server/api-keys";
import { recordException } from "@/server/compliance";
import { addTask, openIncident } from "@/server/incidents";
import { must } from "@/server/kernel/errors";
import { ID_PREFIXES, type IdKind, newId } from "@/server/kernel/ids";
import { inviteMember, listInvitations, listMembers } from "@/server/members";
import { pauseTenant, pauseWorkflow } from "@/server/holds";
import { addOverride, createSchedule } from "@/server/on-call";
import { setSecret } from "@/server/secrets";
import { openBreakGlass } from "@/server/break-glass";
import { proposePolicy } from "@/server/policy-changes";
import { startRun } from "@/server/runs";
import { beginCounting } from "@/server/slos/begin-counting";
import { applyMitigation } from "@/server/mitigations";
import { createWebhook } from "@/server/triggers";
import { memberContext, userContext } from "@/server/testing/actors";
import { inputNaming, type NamedThings } from "@/server/testing/foreign-inputs";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { createCallerFactory, type ProcedureMeta, type RequestContext } from "./init";
import { appRouter } from "./root";

const db = useTestDatabase();
const createCaller = createCallerFactory(appRouter);

interface Side {
  tenant: MadeTenant;
  ctx: TenantContext;
  things: NamedThings;
}

/** A tenant with one of everything, and a person in it who holds every role. */
async function makeSide(): Promise<Side> {
  const tenant = await makeTenant(db.database);
  const ctx = await memberContext(db.database, tenant, { roles: [...ROLES], clearance: "restricted" });
  const author = await memberContext(db.database, tenant, { roles: ["workflow_author"], clearance: "restricted" });
  const reviewer = await memberContext(db.database, tenant, { roles: ["workflow_reviewer"], clearance: "restricted" });
  const flow = await makePublished({ workflow_author: author, workflow_reviewer: reviewer });
  const { runId } = await startRun(ctx, { workflowId: flow.workflowId, input: { order: "1" } });
  const stages = [{ role: "tenant_admin", quorum: 1, expires_hours: 1 }];
  const gated = await makePublished(
    { workflow_author: author, workflow_reviewer: reviewer },
    { approval_to_start: { stages } },
  );
  await startRun(ctx, { workflowId: gated.workflowId, input: { order: "1" } });
  const approval = must((await listApprovals(ctx, { tab: "others" })).rows[0], "the start must be approved");
  const { holdId } = await pauseWorkflow(ctx, { workflowId: flow.workflowId, reason: `Why ${flow.slug} waits` });
  await pauseTenant(ctx, { reason: `Why all of ${tenant.slug} waits` });
  await inviteMember(ctx, { email: "invited@example.test", roles: ["read_only"] });
  const apiKey = await createApiKey(ctx, { name: "Key", roles: ["read_only"] });
  const secret = await setSecret(ctx, {
    ...{ environment: "dev", name: "KEY_OF_TESTS", value: "a value of tests", allowedHosts: ["api.example.test"] },
  });
  const adapter = await registerAdapter(ctx, {
    ...{ slug: `adapter-${tenant.slug}`.slice(0, 48), name: "Adapter", address: "https://adapter.example.test/" },
  });
  const remediation = newId("remediation");
  await withTenant(ctx, (tx) =>
    tx.insert(remediationTasks).values({
      ...{ tenantId: tenant.tenantId, id: remediation, kind: "pack", key: "pack:x", title: `Of ${tenant.slug}` },
      ...{ expected: "a", found: "b", undoRuns: "sql", undo: "select 1", dueAt: new Date(), openedAt: new Date() },
    }),
  );
  const slo = newId("slo");
  const spec = must(slosOf("saas").slos[0], "the sheet has objectives");
  await withTenant(ctx, async (tx) => {
    const [createdAt, changedAt] = [new Date(), new Date()];
    const row = { tenantId: tenant.tenantId, id: slo, sli: spec.sli, spec, sheet: `Of ${tenant.slug}` };
    await tx.insert(slos).values({ ...row, createdAt, changedAt });
    await beginCounting(tx, { tenantId: tenant.tenantId, sloId: slo, generation: 1, spec }, new Date());
  });
  const stricter = "break_glass: { minutes: 20 }";
  const policyChange = await proposePolicy(ctx, {
    profile: "saas",
    tightening: stricter,
    reason: `For ${tenant.slug}`,
  });
  const breakGlass = await openBreakGlass(ctx, { reason: `In ${tenant.slug}`, reference: tenant.slug, minutes: 5 });
  const trigger = await createWebhook(ctx, { workflowId: flow.workflowId, name: "Hook" });
  const { rows: people } = await listMembers(ctx, {});
  const { reviewId } = await openAccessReview(ctx, {
    ...{ title: `Access of ${tenant.slug}`, dueAt: new Date(ctx.clock.now().getTime() + 86_400_000).toISOString() },
    reviewerIds: people.filter(({ roles }) => roles.includes("workflow_reviewer")).map(({ id }) => id),
  });
  const item = must((await listReviewedAccess(ctx, { reviewId })).rows[0], "the review looks at its members");
  const { incidentId } = await openIncident(ctx, { title: `Down in ${tenant.slug}`, severity: "sev3" });
  const { mitigationId } = await applyMitigation(ctx, {
    ...{ incidentId, lever: { kind: "throttle", toPercent: 50 }, minutes: 30, reason: `For ${tenant.slug}` },
  });
  const drill = newId("drill");
  const noFigures = {
    grade: "passed",
    missed: [],
    notes: [],
    notifications: [],
    mitigations: [],
    timeline: [],
  } as const;
  const never = { detected: 0, opened: 0, notified: 0, mitigated: 0, measured: 0, undone: 0, resolved: 0 };
  await withTenant(ctx, (tx) =>
    tx.insert(drills).values({
      ...{ tenantId: tenant.tenantId, id: drill, incidentId, grade: "passed", reportDigest: "sha256:0" },
      ...{ startedBy: "system", startedAt: new Date(), endedAt: new Date() },
      record: {
        ...{ ...noFigures, drillId: drill, tenantName: tenant.slug, incidentId, startedAt: "", startedBy: "system" },
        durations: never,
      },
    }),
  );
  const [evidence, bundle] = [newId("evidence"), newId("bundle")];
  const [audit, finding] = [newId("audit"), newId("finding")];
  await withTenant(ctx, async (tx) => {
    const [about, at] = [{ tenantId: tenant.tenantId, title: `Of ${tenant.slug}` }, new Date()];
    await tx.insert(evidenceItems).values({
      ...{ ...about, id: evidence, kind: "sbom", subject: "release", fileName: "sbom.json", facts: {} },
      ...{ mediaType: "application/json", bytes: 1, digest: "0".repeat(64), collectedAt: at, source: "tests" },
    });
    await tx.insert(bundles).values({
      ...{ tenantId: tenant.tenantId, id: bundle, tag: "Conductor Compliance", isDryRun: false, status: "requested" },
      ...{ periodFrom: at, periodTo: at, asOf: at, missing: [], requestedBy: "system", requestedAt: at },
    });
    await tx.insert(audits).values({ tenantId: tenant.tenantId, id: audit, startedBy: "system", startedAt: at });
    await tx.insert(findings).values({
      ...{ ...about, id: finding, number: 1, key: "slos-counted", checkId: "slo-configs", control: "MC-LM-04" },
      ...{ severity: "low", detail: "", remedy: "", status: "open", auditId: audit, evidenceDigest: "0".repeat(64) },
      ...{ dueAt: at, openedAt: at, seenAt: at },
    });
  });
  const { exceptionId } = await recordException(ctx, {
    ...{ control: "MC-IR-05", reason: `Of ${tenant.slug}`, expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
  });
  const { taskId } = await addTask(ctx, { incidentId, title: `Look at ${tenant.slug}` });
  const member = must(people[0], "the tenant has members");
  const { scheduleId } = await createSchedule(ctx, {
    ...{ name: `Turns of ${tenant.slug}`, zone: "UTC", rotation: "weekly", handoffAt: "09:00", startsOn: "2026-01-05" },
    memberIds: [member.id],
  });
  const { overrideId } = await addOverride(ctx, {
    ...{ scheduleId, memberId: member.id, startsAt: "2999-01-01T00:00:00Z", endsAt: "2999-01-02T00:00:00Z" },
  });
  const invitation = must((await listInvitations(ctx, {})).rows[0], "the tenant has an invitation");
  return {
    tenant,
    ctx,
    things: {
      ...{ run: runId, workflow: flow.workflowId, workflowVersion: flow.versionId, slug: flow.slug },
      ...{
        member: member.id,
        invitation: invitation.id,
        apiKey: apiKey.id,
        ...{ remediation, slo },
        policyChange: policyChange.changeId,
        breakGlass: breakGlass.grantId,
        approval: approval.id,
        secret: secret.id,
        session: newId("session"),
        hold: holdId,
        trigger: trigger.triggerId,
        adapter: adapter.adapterId,
        accessReview: reviewId,
        accessReviewItem: item.id,
        incident: incidentId,
        incidentTask: taskId,
        ...{ mitigation: mitigationId, drill, evidence, bundle, audit, finding },
        controlException: exceptionId,
        onCallSchedule: scheduleId,
        onCallOverride: overrideId,
      },
    },
  };
}

function requestOf({ ctx }: Side): RequestContext {
  const user = ctx.actor.kind === "user" ? ctx.actor : undefined;
  const person = { id: must(user, "a person calls").userId, email: must(user, "a person calls").email, name: "" };
  return {
    requestId: ctx.requestId,
    tenantSlug: ctx.tenant.slug,
    signedIn: async () => ({ ...userContext(db.database, person), tenants: [ctx] }),
    limit: async () => undefined,
  };
}

const procedures = Object.entries(appRouter._def.procedures).map(([name, procedure]) => ({
  name,
  // tRPC types its record of procedures as the routers that they were grouped in.
  meta: (procedure as unknown as { _def: { meta?: ProcedureMeta } })._def.meta,
}));

let mine: Side;
let theirs: Side;
beforeAll(async () => {
  [mine, theirs] = [await makeSide(), await makeSide()];
});

async function call(name: string, input: unknown): Promise<{ code: string; message: string } | { value: unknown }> {
  const [router = "", procedure = ""] = name.split(".");
  const caller = createCaller(requestOf(mine)) as unknown as Record<
    string,
    Record<string, (input: unknown) => unknown>
  >;
  try {
    return { value: await caller[router]?.[procedure]?.(input) };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
}

/** Ids of the same kinds that exist nowhere. */
function missing(things: NamedThings): NamedThings {
  return Object.fromEntries(
    Object.keys(things).map((kind) => [kind, kind in ID_PREFIXES ? newId(kind as IdKind) : "never-was"]),
  );
}

describe("every procedure", () => {
  it("says what it decides about", () => {
    const silent = procedures.filter(({ meta }) => meta === undefined || !("action" in meta || "self" in meta));
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(procedures.length).toBeGreaterThan(20);
  });

  it("refuses an input with a key it does not know", async () => {
    for (const { name, meta } of procedures) {
      const { input } = inputNaming(must(meta, "checked above").input, mine.things);
      for (const smuggled of [{ tenantId: theirs.tenant.tenantId }, { createdBy: "me" }, { approvedBy: "me" }])
        expect([name, await call(name, { ...input, ...smuggled })]).toMatchObject([name, { code: "BAD_REQUEST" }]);
    }
  });
});

const tenantProcedures = procedures.filter(({ meta }) => meta !== undefined && "action" in meta);

describe("a procedure that is given another tenant's ids", () => {
  const naming = tenantProcedures.filter(
    ({ meta, name }) =>
      !["workflows.create", "adapters.register", "tenants.provision"].includes(name) &&
      inputNaming(must(meta, "filtered").input, anyThings()).naming.length > 0,
  );
  it.each(naming.map(({ name, meta }) => [name, must(meta, "filtered")] as const))(
    "%s answers as if they had never been",
    async (name, meta) => {
      const { naming: fields } = inputNaming(meta.input, mine.things);
      for (const { field } of fields) {
        const own = inputNaming(meta.input, mine.things).input;
        const foreign = {
          ...own,
          [field]: must(inputNaming(meta.input, theirs.things).input[field], "the field was named"),
        };
        const absent = { ...own, [field]: must(inputNaming(meta.input, missing(theirs.things)).input[field], "named") };
        const answer = await call(name, foreign);
        // A filter narrows to nothing; anything else is not found.
        if ("value" in answer) expect(answer).toEqual(await call(name, absent));
        else expect(answer).toMatchObject({ code: "NOT_FOUND" });
        expect(answer).toEqual(await call(name, absent));
        expect(JSON.stringify(answer)).not.toContain(theirs.things[field]);
      }
    },
  );

  it("covers every kind of thing that a tenant has", () => {
    const kinds = new Set(
      naming.flatMap(({ meta }) =>
        inputNaming(must(meta, "filtered").input, anyThings()).naming.map(({ kind }) => kind),
      ),
    );
    expect([...kinds].sort()).toEqual([
      ...[
        "accessReview",
        "accessReviewItem",
        "adapter",
        "apiKey",
        "approval",
        "audit",
        "breakGlass",
        "bundle",
        "controlException",
        "drill",
        "evidence",
        "finding",
        "hold",
        "incident",
        "incidentTask",
        "invitation",
        "member",
        "mitigation",
        "onCallOverride",
        "onCallSchedule",
        "policyChange",
        "remediation",
        "run",
        "secret",
        "slo",
        "slug",
      ],
      ...["trigger", "workflow", "workflowVersion"],
    ]);
  });
});

describe("a procedure that lists", () => {
  const lists = tenantProcedures.filter(
    ({ meta }) => meta?.kind === "read" && (z.toJSONSchema(meta.input, { io: "input" }).required ?? []).length === 0,
  );
  it.each(lists.map(({ name }) => name))("%s shows nothing of another tenant", async (name) => {
    const answer = JSON.stringify(await call(name, {}));
    expect(answer).toContain('"value"');
    for (const thing of Object.values(theirs.things)) expect(answer).not.toContain(thing);
    expect(answer).not.toContain(theirs.tenant.tenantId);
  });
});

/** Placeholders, for reading which fields of a procedure name something. */
function anyThings(): NamedThings {
  return Object.fromEntries([...Object.keys(ID_PREFIXES), "slug"].map((kind) => [kind, kind]));
}
