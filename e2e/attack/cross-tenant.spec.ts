import { newId } from "@/server/kernel/ids";
import { forgetCalls, watchAllowance } from "../fixtures/allowance";
import { type Caller, signIn } from "../fixtures/caller";
import { LISTS } from "../fixtures/known-surface";
import { apartMs, shapeOf } from "../fixtures/shape";
import { definition, fresh, publish, snapshot, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

/** Every procedure that takes an id or a slug, asked by whoever may do it to a thing of their own. */
function references(
  a: TenantSide,
): [title: string, caller: Caller, input: (b: TenantSide | "random") => Record<string, unknown>][] {
  const id = (b: TenantSide | "random", kind: Parameters<typeof newId>[0], own: (side: TenantSide) => string) =>
    b === "random" ? newId(kind) : own(b);
  const workflowId = (b: TenantSide | "random") => id(b, "workflow", (side) => side.workflow.workflowId);
  const versionId = (b: TenantSide | "random") => id(b, "workflowVersion", (side) => side.inReview.versionId);
  const runId = (b: TenantSide | "random") => id(b, "run", (side) => side.runId);
  const approvalId = (b: TenantSide | "random") => id(b, "approval", (side) => side.approval.id);
  const memberId = (b: TenantSide | "random") => id(b, "member", (side) => side.memberId);
  const invitationId = (b: TenantSide | "random") => id(b, "invitation", (side) => side.invitationId);
  const apiKeyId = (b: TenantSide | "random") => id(b, "apiKey", (side) => side.apiKeyId);
  const secretId = (b: TenantSide | "random") => id(b, "secret", (side) => side.secretId);
  const adapterId = (b: TenantSide | "random") => id(b, "adapter", (side) => side.adapterId);
  const triggerId = (b: TenantSide | "random", own: "webhookId" | "scheduleId" | "subscriptionId") =>
    id(b, "trigger", (side) => side[own]);
  const hosts = { seenHosts: ["api.example.test"], allowedHosts: ["other.example.test"] };
  const daily = { cron: "0 9 * * *", zone: "UTC" };
  const own = { workflowId: a.workflow.workflowId };
  const contentHash = a.inReview.contentHash;
  return [
    ["workflows.get", a.author, (b) => ({ slug: b === "random" ? fresh("no") : b.workflow.slug })],
    [
      "workflows.saveDraft",
      a.author,
      (b) => ({ workflowId: workflowId(b), baseHash: contentHash, definition: definition() }),
    ],
    ["workflows.submit", a.author, (b) => ({ versionId: versionId(b) })],
    ["workflows.review", a.reviewer, (b) => ({ versionId: versionId(b), contentHash, verdict: "approved" })],
    ["workflows.publish", a.reviewer, (b) => ({ versionId: versionId(b), contentHash })],
    ["workflows.retire", a.reviewer, (b) => ({ workflowId: workflowId(b) })],
    ["runs.get", a.viewer, (b) => ({ runId: runId(b) })],
    ["runs.start", a.operator, (b) => ({ workflowId: workflowId(b) })],
    ["runs.rerun", a.operator, (b) => ({ runId: runId(b), stepId: "pause" })],
    ["runs.cancel", a.operator, (b) => ({ runId: runId(b) })],
    ["runs.kill", a.operator, (b) => ({ runId: runId(b) })],
    ["approvals.get", a.viewer, (b) => ({ approvalId: approvalId(b) })],
    ["approvals.decide", a.owner, (b) => ({ approvalId: approvalId(b), contentHash, verdict: "approved" })],
    ["holds.killWorkflow", a.operator, (b) => ({ workflowId: workflowId(b), reason: "Mine" })],
    ["holds.pauseWorkflow", a.operator, (b) => ({ workflowId: workflowId(b), reason: "Mine" })],
    ["members.update", a.owner, (b) => ({ memberId: memberId(b), roles: ["operator"] })],
    ["members.remove", a.owner, (b) => ({ memberId: memberId(b) })],
    ["members.resendInvitation", a.owner, (b) => ({ invitationId: invitationId(b) })],
    ["members.revokeInvitation", a.owner, (b) => ({ invitationId: invitationId(b) })],
    ["apiKeys.rotate", a.owner, (b) => ({ apiKeyId: apiKeyId(b) })],
    ["apiKeys.revoke", a.owner, (b) => ({ apiKeyId: apiKeyId(b) })],
    ["secrets.changeHosts", a.owner, (b) => ({ secretId: secretId(b), ...hosts })],
    ["secrets.delete", a.owner, (b) => ({ secretId: secretId(b) })],
    [
      "adapters.update",
      a.owner,
      (b) => ({ adapterId: adapterId(b), name: "Mine", address: "https://mine.example.test/" }),
    ],
    ["adapters.rotateSecret", a.owner, (b) => ({ adapterId: adapterId(b) })],
    ["adapters.end", a.operator, (b) => ({ adapterId: adapterId(b) })],
    ["triggers.list", a.viewer, (b) => ({ workflowId: workflowId(b) })],
    ["triggers.createWebhook", a.owner, (b) => ({ workflowId: workflowId(b), name: "Mine" })],
    [
      "triggers.createEvent",
      a.operator,
      (b) => ({ ...own, name: "Mine", event: "run.finished", sourceWorkflowId: workflowId(b) }),
    ],
    ["triggers.updateWebhook", a.owner, (b) => ({ triggerId: triggerId(b, "webhookId"), name: "Mine" })],
    ["triggers.updateSchedule", a.operator, (b) => ({ triggerId: triggerId(b, "scheduleId"), name: "Mine", ...daily })],
    [
      "triggers.updateEvent",
      a.operator,
      (b) => ({ triggerId: triggerId(b, "subscriptionId"), name: "Mine", event: "order.placed" }),
    ],
    ["triggers.rotateSecret", a.owner, (b) => ({ triggerId: triggerId(b, "webhookId") })],
    ["triggers.disable", a.operator, (b) => ({ triggerId: triggerId(b, "webhookId") })],
    ["triggers.delete", a.operator, (b) => ({ triggerId: triggerId(b, "webhookId") })],
    ["me/accounts.revokeSession", a.owner, (b) => ({ sessionId: id(b, "session", (side) => side.sessionId) })],
    ["me/members.acceptInvitation", a.viewer, (b) => ({ invitationId: invitationId(b), token: "x".repeat(43) })],
    ["me/members.invitation", a.viewer, (b) => ({ invitationId: invitationId(b), token: "x".repeat(43) })],
    ["me/members.leave", a.viewer, (b) => ({ slug: b === "random" ? fresh("no") : b.slug })],
  ];
}

test("1 a list takes no tenant but the one in its address", async ({ sides: { a, b } }) => {
  for (const procedure of LISTS) {
    const own = await a.owner.attempt(procedure);
    expect(own.status, procedure).toBe(200);
    expect(own.text, procedure).not.toContain(b.marker);
    for (const smuggled of [
      { filter: { tenantId: b.slug } },
      { tenantSlug: b.slug },
      { tenantId: b.slug },
      { where: {} },
    ])
      expect(await a.owner.attempt(procedure, smuggled), procedure).toMatchObject({ status: 400, code: "Invalid" });
    const header = await a.owner.attempt(procedure, {}, { "x-tenant-id": b.slug, "x-tenant": b.slug });
    expect(shapeOf(header), procedure).toEqual(shapeOf(own));
    const query = await a.owner.send(`/api/trpc/${a.slug}/${procedure}?tenant=${b.slug}&input=%7B%7D`);
    expect(shapeOf(query), procedure).toEqual(shapeOf(own));
  }
});

test("1 another tenant's address answers as one that does not exist", async ({ sides: { a, b } }) => {
  const before = await snapshot(b);
  for (const procedure of LISTS) {
    const [foreign, missing] = [
      await a.owner.at(b.slug).attempt(procedure),
      await a.owner.at("nosuch").attempt(procedure),
    ];
    expect(foreign, procedure).toMatchObject({ status: 404, code: "NotFound" });
    expect(shapeOf(foreign), procedure).toEqual(shapeOf(missing));
  }
  for (const page of [
    "switchboard",
    "workflows",
    `workflows/${b.workflow.slug}`,
    `runs/${b.runId}`,
    `runs/compare?right=${b.runId}`,
    "approvals",
    `approvals/${b.approval.id}`,
    "members",
    "receipts",
  ]) {
    const foreign = await a.owner.send(`/t/${b.slug}/${page}`);
    const missing = await a.owner.send(`/t/nosuch/${page}`);
    expect(foreign.status, page).toBe(404);
    expect(shapeOf(foreign, [b.slug]), page).toEqual(shapeOf(missing, ["nosuch"]));
    expect(foreign.text, page).not.toContain(b.marker);
  }
  expect(await snapshot(b)).toEqual(before);
});

test("2 every reference to another tenant's thing answers as a random id does", async ({ sides: { a, b } }) => {
  const before = await snapshot(b);
  for (const [procedure, caller, input] of references(a)) {
    const foreign = await caller.attempt(procedure, input(b));
    const missing = await caller.attempt(procedure, input("random"));
    expect(foreign, procedure).toMatchObject({ status: 404, code: "NotFound" });
    expect(shapeOf(foreign), procedure).toEqual(shapeOf(missing));
  }
  expect(await b.viewer.ask("me/accounts.profile")).toMatchObject({ email: b.viewer.email });
  expect(await snapshot(b)).toEqual(before);
});

test("2 a write takes no reference that it does not know", async ({ sides: { a, b } }) => {
  const extra = { reviewerId: b.memberId, secretRef: b.apiKeyId, parentRunId: b.runId, sloId: b.runId };
  for (const [name, value] of Object.entries(extra)) {
    const slug = fresh("nested");
    const create = await a.author.attempt("workflows.create", { slug, definition: definition(), [name]: value });
    const start = await a.operator.attempt("runs.start", { workflowId: a.workflow.workflowId, [name]: value });
    const within = await a.author.attempt("workflows.create", { slug, definition: definition({ [name]: value }) });
    for (const answer of [create, start, within]) expect(answer, name).toMatchObject({ status: 400, code: "Invalid" });
    expect(await a.author.attempt("workflows.get", { slug }), name).toMatchObject({ status: 404 });
  }
});

test("2 filters and cursors that name another tenant's things find nothing of it", async ({ sides: { a, b } }) => {
  expect(await a.owner.ask("runs.list", { workflowId: b.workflow.workflowId })).toEqual({ rows: [], nextCursor: null });
  expect(await a.owner.ask("receipts.list", { subject: `run:${b.runId}` })).toMatchObject({ rows: [] });
  expect(await a.owner.ask("apiKeys.list", { cursor: b.apiKeyId })).toBeDefined();
  await publish(b);
  const { nextCursor } = await b.owner.ask<{ nextCursor: string }>("workflows.list", { limit: 1 });
  expect(nextCursor).not.toBeNull();
  const page = await a.owner.attempt("workflows.list", { cursor: nextCursor, limit: 100 });
  expect(page.status).toBe(200);
  expect(page.text).not.toContain(b.marker);
});

test("3 a search for a word of another tenant finds nothing and takes no longer", async ({ sides: { a, b } }) => {
  const nowhere = fresh("onlynowhere");
  const search = (text: string) => a.owner.ask<{ rows: unknown[] }>("workflows.list", { text });
  expect((await b.owner.ask<{ rows: unknown[] }>("workflows.list", { text: b.marker })).rows).not.toEqual([]);
  expect((await search(b.marker)).rows).toEqual([]);
  expect((await a.owner.ask<{ rows: unknown[] }>("members.list", { text: b.slug })).rows).toEqual([]);
  const { apart, taken } = await apartMs(
    20,
    () => search(b.marker),
    () => search(nowhere),
  );
  expect(apart).toBeLessThan(Math.max(10, taken));
});

test("6 a slug that another tenant uses is free", async ({ sides: { a, b } }) => {
  const made = await a.author.attempt("workflows.create", { slug: b.workflow.slug, definition: definition() });
  expect(made.status).toBe(200);
  expect(await b.author.ask("workflows.get", { slug: b.workflow.slug })).toMatchObject({ id: b.workflow.workflowId });
});

test("8 runs of one tenant count in no other", async ({ deployment, sides: { a, b } }) => {
  const usage = async () => shapeOf(await a.owner.attempt("switchboard.get"));
  const before = await usage();
  const { runId } = await b.operator.ask<{ runId: string }>("runs.start", { workflowId: b.workflow.workflowId });
  expect(await b.operator.ask("runs.get", { runId })).toMatchObject({ id: runId });
  expect(await usage()).toEqual(before);
  const outsider = await signIn(deployment, "operator@initech.test", "initech");
  expect(await outsider.ask("switchboard.get")).toMatchObject({ runs: [], runsToday: {} });
});

test("9 ids cannot be guessed one from the next, and a sweep is stopped", async ({ deployment, sides: { a } }) => {
  const made = await Promise.all([1, 2].map(() => publish(a)));
  const [first = "", second = ""] = made.map(({ workflowId }) => workflowId.slice(4));
  for (const id of [first, second]) expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  // The last 62 bits are random (RFC 9562): two that were made together share next to none of them.
  const equal = Array.from(first.slice(17)).filter((digit, index) => digit === second.slice(17)[index]).length;
  expect(equal).toBeLessThan(9);

  const sweeper = await signIn(deployment, "read_only@initech.test", "initech");
  const path = `${Array<string>(20).fill("runs.get").join(",")}?batch=1`;
  const sweep = async () => {
    const ids = Array.from({ length: 20 }, (_, index) => [index, { runId: newId("run") }]);
    const answer = await sweeper.once(path, Object.fromEntries(ids));
    const calls = JSON.parse(answer.text) as { error: { data: { httpStatus: number } } }[];
    return calls.map(({ error }) => error.data.httpStatus);
  };
  await forgetCalls(deployment);
  const most = watchAllowance({ burst: 300, perMinute: 1_200 });
  const seen: number[] = [];
  while (seen.length < 10_000 && !seen.includes(429))
    seen.push(...(await Promise.all([sweep(), sweep(), sweep(), sweep()])).flat());
  expect([...new Set(seen)].sort()).toEqual([404, 429]);
  expect(seen.filter((status) => status === 404).length).toBeLessThanOrEqual(most());
});
