import { type Caller, signInByMail } from "../fixtures/caller";
import { denialsOf } from "../fixtures/denials";
import { governedThings } from "../fixtures/governed-things";
import { procedures } from "../fixtures/known-surface";
import { liftedHolds } from "../fixtures/lifted-holds";
import { definition, fresh, newSecret, snapshot, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

interface Member {
  id: string;
  email: string;
  roles: string[];
}

const memberOf = async (side: TenantSide, person: Caller) => {
  const { rows } = await side.owner.ask<{ rows: Member[] }>("members.list", { limit: 100 });
  const found = rows.find(({ email }) => email === person.email);
  if (found === undefined) throw new Error(`${person.email} is no member of ${side.slug}`);
  return found;
};
test("12 no write takes a field that is not its caller's to set", async ({ sides: { a } }) => {
  const smuggled: [Caller, string, Record<string, unknown>][] = [
    [a.viewer, "me/accounts.updateProfile", { name: "Viewer", role: "tenant_admin" }],
    [a.viewer, "me/accounts.updateProfile", { name: "Viewer", email: "tenant_admin@acme.test" }],
    [a.viewer, "me/accounts.updateProfile", { name: "Viewer", id: a.memberId }],
    [a.viewer, "me/tenants.create", { name: "Mine", slug: fresh("mine"), isOperator: true }],
    [
      a.viewer,
      "me/tenants.create",
      { name: "Mine", slug: fresh("mine"), governanceProfile: "conductor-governance-internal" },
    ],
    [
      a.viewer,
      "me/members.acceptInvitation",
      { invitationId: a.invitationId, token: "x".repeat(43), roles: ["tenant_admin"] },
    ],
    [a.owner, "tenants.update", { name: "Acme", isOperator: true }],
    [a.owner, "members.update", { memberId: a.memberId, roles: ["operator"], tenantId: "x" }],
    [a.owner, "members.update", { memberId: a.memberId, roles: ["superuser"] }],
    [a.owner, "members.invite", { email: "x@example.test", roles: ["read_only"], status: "accepted" }],
    [a.owner, "apiKeys.create", { name: "K", roles: ["operator"], createdBy: a.memberId }],
    [a.owner, "apiKeys.create", { name: "K", roles: ["tenant_admin"] }],
    [
      a.owner,
      "adapters.register",
      { slug: fresh("mine"), name: "Mine", address: "https://adapter.example.test/", addOns: ["custom-adapters"] },
    ],
    [
      a.author,
      "workflows.create",
      { slug: fresh("flow"), definition: definition(), createdBy: "x", status: "published" },
    ],
    [a.author, "workflows.create", { slug: fresh("flow"), definition: definition({ contributors: [] }) }],
    [a.author, "workflows.submit", { versionId: a.inReview.versionId, approvedBy: "x" }],
    [a.operator, "runs.start", { workflowId: a.workflow.workflowId, startedBy: "x", status: "succeeded" }],
    [a.operator, "runs.start", { workflowId: a.workflow.workflowId, versionId: a.inReview.versionId }],
    [a.operator, "runs.rerun", { runId: a.runId, stepId: "pause", versionId: a.inReview.versionId }],
    [a.operator, "runs.rerun", { runId: a.runId, stepId: "pause", input: { order: "B" } }],
  ];
  const before = await snapshot(a);
  for (const [caller, procedure, input] of smuggled)
    expect(await caller.attempt(procedure, input), `${procedure} ${JSON.stringify(input)}`).toMatchObject({
      status: 400,
      code: "Invalid",
    });
  expect(await snapshot(a)).toEqual(before);
});

test("13 ownership is passed on by owners only, and a tenant keeps its last one", async ({ sides: { a } }) => {
  const [owner, admin, viewer] = [await memberOf(a, a.owner), await memberOf(a, a.admin), await memberOf(a, a.viewer)];
  const before = await snapshot(a);
  const refused: [Caller, string, Record<string, unknown>, number][] = [
    [a.admin, "members.update", { memberId: viewer.id, roles: ["tenant_admin"] }, 403],
    [a.admin, "members.update", { memberId: admin.id, roles: ["conductor_admin", "tenant_admin"] }, 403],
    [a.admin, "members.invite", { email: `${fresh("boss")}@example.test`, roles: ["tenant_admin"] }, 403],
    [a.admin, "members.update", { memberId: owner.id, roles: ["read_only"] }, 403],
    [a.admin, "members.remove", { memberId: owner.id }, 403],
    // Nobody gains a role by their own hand, not even a lesser one.
    [a.owner, "members.update", { memberId: owner.id, roles: ["read_only"] }, 403],
    [a.owner, "members.remove", { memberId: owner.id }, 409],
    [a.owner, "me/members.leave", { slug: a.slug }, 409],
    [a.owner, "members.update", { memberId: owner.id, roles: ["tenant_admin", "workflow_reviewer"] }, 403],
    [a.operator, "members.update", { memberId: viewer.id, roles: ["operator"] }, 403],
  ];
  for (const [caller, procedure, input, status] of refused)
    expect(await caller.attempt(procedure, input), `${caller.email} ${procedure}`).toMatchObject({ status });
  expect(await snapshot(a)).toEqual(before);
});

test("14 an invitation gives the roles it was written with, once, to its own address", async ({
  deployment,
  sides: { b },
}) => {
  const email = `${fresh("invited")}@example.test`;
  const mails = [...deployment.smtp.mails];
  await b.owner.ask("members.invite", { email, roles: ["read_only"] });
  const link = new URL(linkIn(await deployment.smtp.nextTo(email, mails)));
  const invitationId = link.pathname.split("/").at(-1) ?? "";
  const token = /[A-Za-z0-9_-]{43}/.exec(`${link.search}${link.hash}`)?.[0] ?? "";
  const invited = await signInByMail(deployment, email, b.slug);
  const stranger = await signInByMail(deployment, `${fresh("stranger")}@example.test`, b.slug);

  expect(await stranger.attempt("me/members.acceptInvitation", { invitationId, token })).toMatchObject({ status: 403 });
  for (const roles of [["tenant_admin"], "tenant_admin"])
    expect(await invited.attempt("me/members.acceptInvitation", { invitationId, token, roles })).toMatchObject({
      status: 400,
    });
  const opened = await invited.send(
    `${link.pathname}${link.search}${link.search === "" ? "?" : "&"}roles=tenant_admin&role=owner`,
  );
  expect(opened.status).toBe(200);
  expect(await invited.attempt("members.list")).toMatchObject({ status: 404 });

  await invited.ask("me/members.acceptInvitation", { invitationId, token });
  expect((await memberOf(b, invited)).roles).toEqual(["read_only"]);
  expect(await invited.attempt("me/members.acceptInvitation", { invitationId, token })).toMatchObject({ status: 409 });

  await b.owner.ask("members.remove", { memberId: (await memberOf(b, invited)).id });
  expect(await invited.attempt("members.list")).toMatchObject({ status: 404, code: "NotFound" });
  expect((await invited.send(`/t/${b.slug}/switchboard`)).status).toBe(404);
  expect(await invited.attempt("me/members.acceptInvitation", { invitationId, token })).toMatchObject({ status: 409 });
});

/** What a viewer hands to each write: a thing of their own tenant, so that only the role stands in the way. */
function writesOf(
  a: TenantSide,
  holds: Awaited<ReturnType<typeof liftedHolds>>,
  governed: Awaited<ReturnType<typeof governedThings>>,
): Record<string, Record<string, unknown>> {
  const version = { versionId: a.inReview.versionId, contentHash: a.inReview.contentHash };
  const { workflowId } = a.workflow;
  const reason = "Because";
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const daily = { cron: "0 9 * * *", zone: "UTC" };
  const { reviewId, item, change, grantId, taskId, findingId, bundleId, sloId } = governed;
  const { incidentId, incidentTaskId, scheduleId, overrideId } = governed.incident;
  return {
    "accessReviews.open": governed.asked,
    "accessReviews.decide": { ...item, keeps: true },
    "accessReviews.keep": { reviewId, items: [item] },
    "accessReviews.close": { reviewId, isIncomplete: true },
    "breakGlass.open": { reason, reference: "INC-2", minutes: 5 },
    "breakGlass.decide": { grantId, verdict: "approved" },
    "breakGlass.end": { grantId },
    "breakGlass.review": { grantId, comment: reason },
    "drift.assign": { taskId },
    "slos.set": { sloId, targetPpm: 999_000, reason },
    "slos.reset": { sloId },
    "drills.ask": {},
    "collectors.ask": {},
    "compliance.ask": {},
    "audits.ask": {},
    "findings.assign": { findingId },
    "findings.ready": { findingId, note: reason },
    "findings.retest": { findingId },
    "findings.accept": { findingId, reason, until: new Date(Date.now() + 86_400_000).toISOString() },
    "compliance.recordException": { ...governed.gap, control: "MC-IR-06" },
    "trustPages.publish": {},
    "trustPages.withdraw": {},
    "compliance.endException": { exceptionId: governed.exceptionId },
    "bundles.delete": { bundleId },
    "bundles.request": { from: "2026-01-01T00:00:00.000Z", to: "2026-01-02T00:00:00.000Z" },
    "mitigations.carryOut": { incidentId, lever: { kind: "throttle", toPercent: 50 }, minutes: 30, reason },
    "mitigations.undo": { mitigationId: governed.mitigationId },
    "mitigations.setRules": { rules: [] },
    "incidents.open": { title: "Mine", severity: "sev1" },
    "incidents.acknowledge": { incidentId },
    "incidents.move": { incidentId, fromStatus: "open", toStatus: "resolved" },
    "incidents.rate": { incidentId, severity: "sev4", reason },
    "incidents.note": { incidentId, text: reason },
    "incidents.tell": { incidentId, text: reason, isPublic: true },
    "incidents.publish": { incidentId, isPublic: true },
    "incidents.setStatusPage": { isOn: true },
    "incidents.assign": { incidentId, role: "commander", memberId: a.memberId },
    "incidents.addTask": { incidentId, title: "Mine" },
    "incidents.finishTask": { taskId: incidentTaskId, isDone: true },
    "incidents.link": { incidentId, runId: a.runId },
    "onCall.createSchedule": { ...governed.turns, name: fresh("Mine") },
    "onCall.updateSchedule": { ...governed.turns, scheduleId, seenAt: new Date().toISOString() },
    "onCall.removeSchedule": { scheduleId },
    "onCall.addOverride": { scheduleId, memberId: a.memberId, ...governed.later },
    "onCall.removeOverride": { overrideId },
    "onCall.setEscalation": { steps: [{ afterMinutes: 0, targets: [{ kind: "administrators" }] }] },
    "policyChanges.propose": { profile: "internal", reason },
    "policyChanges.decide": { ...change, verdict: "approved" },
    "policyChanges.withdraw": { changeId: change.changeId },
    "apiKeys.create": { name: "Mine", roles: ["read_only"] },
    "apiKeys.rotate": { apiKeyId: a.apiKeyId },
    "apiKeys.revoke": { apiKeyId: a.apiKeyId },
    "secrets.set": newSecret(),
    "secrets.changeHosts": { secretId: a.secretId, seenHosts: ["api.example.test"], allowedHosts: ["evil.test"] },
    "secrets.delete": { secretId: a.secretId },
    "adapters.register": { slug: fresh("mine"), name: "Mine", address: "https://evil.example.test/" },
    "adapters.update": { adapterId: a.adapterId, name: "Mine", address: "https://evil.example.test/" },
    "adapters.rotateSecret": { adapterId: a.adapterId },
    "adapters.end": { adapterId: a.adapterId },
    "approvals.decide": { approvalId: a.approval.id, contentHash: a.approval.contentHash, verdict: "approved" },
    "holds.killWorkflow": { workflowId, reason },
    "holds.killTenant": { reason },
    "holds.killAllTenants": { reason },
    "holds.liftWorkflowKill": holds.workflowKill,
    "holds.liftTenantKill": holds.tenantKill,
    "holds.liftAllTenantsKill": holds.ofAll,
    "holds.pauseWorkflow": { workflowId, reason },
    "holds.pauseTenant": { reason },
    "holds.pauseClass": { executionClass: "bulk", reason },
    "holds.resumeWorkflow": holds.workflowPause,
    "holds.resumeClass": holds.classPause,
    "holds.resumeTenant": holds.tenantPause,
    "members.update": { memberId: a.memberId, roles: ["tenant_admin"] },
    "members.remove": { memberId: a.memberId },
    "members.invite": { email: `${fresh("friend")}@example.test`, roles: ["read_only"] },
    "members.inviteAuditor": { email: `${fresh("auditor")}@example.test`, engagement: "Mine", until: soon },
    "members.grantAuditor": { memberId: a.memberId, engagement: "Mine", until: soon },
    "members.extendAuditor": { memberId: a.memberId, until: soon },
    "members.endAuditor": { memberId: a.memberId },
    "members.resendInvitation": { invitationId: a.invitationId },
    "members.revokeInvitation": { invitationId: a.invitationId },
    "billing.checkout": { plan: "pro", addOns: [], moreSeats: 0 },
    "billing.confirm": { sessionId: "cs_test_nobody" },
    "billing.change": { plan: "pro", addOns: [], moreSeats: 0, prorationDate: 1 },
    "billing.undoChange": {},
    "billing.cancel": { reason: "other", comment: "" },
    "billing.resume": {},
    "billing.portal": {},
    "billing.refresh": {},
    "billing.grant": {
      ...{ tenant: a.slug, plan: "enterprise", addOns: [], moreSeats: 0, reason },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
    "billing.endGrant": { tenant: a.slug },
    "tenants.provision": {
      ...{ name: "Mine", slug: fresh("mine"), email: "x@example.test", plan: "enterprise", reason },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
    "billing.signCatalogue": { contentHash: `sha256:${"0".repeat(64)}`, title: "founder" },
    "quotas.set": { tenant: a.slug, mostConcurrentRuns: 1_000, mostQueuedRuns: 1_000, mostConcurrentSteps: 10 },
    "runs.start": { workflowId },
    "runs.rerun": { runId: a.runId, stepId: "pause" },
    "runs.cancel": { runId: a.runId },
    "runs.kill": { runId: a.runId },
    "tenants.update": { name: "Taken over" },
    "triggers.createWebhook": { workflowId, name: "Mine" },
    "triggers.createSchedule": { workflowId, name: "Mine", ...daily },
    "triggers.createEvent": { workflowId, name: "Mine", event: "order.placed" },
    "triggers.updateWebhook": { triggerId: a.webhookId, name: "Mine" },
    "triggers.updateSchedule": { triggerId: a.scheduleId, name: "Mine", ...daily },
    "triggers.updateEvent": { triggerId: a.subscriptionId, name: "Mine", event: "order.placed" },
    "triggers.rotateSecret": { triggerId: a.webhookId },
    "triggers.disable": { triggerId: a.webhookId },
    "triggers.delete": { triggerId: a.webhookId },
    "workflows.create": { slug: fresh("flow"), definition: definition() },
    "workflows.saveDraft": { workflowId, baseHash: a.workflow.contentHash, definition: definition() },
    "workflows.submit": { versionId: a.inReview.versionId },
    "workflows.review": { ...version, verdict: "approved" },
    "workflows.publish": version,
    "workflows.retire": { workflowId },
  };
}
/** Touches nothing but the caller's own account, or leaves no more than a receipt of what the caller read. */
const OWN = new Set([
  "me/accounts.updateProfile",
  "me/accounts.revokeSession",
  "me/accounts.revokeOtherSessions",
  "me/members.acceptInvitation",
  "me/members.leave",
  "me/tenants.create",
  "notifications.markRead",
  "runs.export",
]);

test("15 a viewer is refused every write but those on their own account, and each refusal is on record", async ({
  deployment,
  sides: { a },
}) => {
  const writes = writesOf(a, await liftedHolds(deployment, a), await governedThings(deployment, a));
  const known = procedures("Mutation").filter((name) => !OWN.has(name));
  expect(known.length).toBeGreaterThan(15);
  expect(known.sort()).toEqual(Object.keys(writes).sort());
  const before = await snapshot(a);
  const denials = () => denialsOf(deployment, a.slug);
  const onRecord = await denials();
  for (const [procedure, input] of Object.entries(writes)) {
    expect(await a.viewer.attempt(procedure, input), procedure).toMatchObject({ status: 403, code: "Forbidden" });
    // A link that a signed-in reader is made to follow is a GET.
    const followed = await a.owner.send(
      `/api/trpc/${a.slug}/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    expect(followed.status, procedure).toBe(405);
  }
  expect(await snapshot(a)).toEqual(before);
  expect(await denials()).toBe(onRecord + known.length);
});

test("17 a run is stopped only by those who may", async ({ sides: { a, b } }) => {
  for (const person of [a.author, a.reviewer, a.viewer])
    for (const stop of ["runs.kill", "runs.cancel"])
      expect(await person.attempt(stop, { runId: a.runId }), `${person.email} ${stop}`).toMatchObject({
        status: 403,
        code: "Forbidden",
      });
  expect(await b.operator.attempt("runs.kill", { runId: a.runId })).toMatchObject({ status: 404 });
  expect((await a.viewer.ask<{ status: string }>("runs.get", { runId: a.runId })).status).toMatch(/queued|running/);
});
