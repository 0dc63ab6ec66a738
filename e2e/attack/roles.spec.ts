import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Caller, signIn, signInByMail } from "../fixtures/caller";
import { definition, fresh, type Made, publish, snapshot, type TenantSide } from "../fixtures/tenant-side";
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
const statusOf = async (side: TenantSide, made: Made) => {
  const { versions } = await side.author.ask<{ versions: { id: string; status: string }[] }>("workflows.get", {
    slug: made.slug,
  });
  return versions.find(({ id }) => id === made.versionId)?.status;
};
const submitted = async ({ author }: TenantSide, over = {}) => {
  const made = await author.ask<Made>("workflows.create", { slug: fresh("flow"), definition: definition(over) });
  await author.ask("workflows.submit", { versionId: made.versionId });
  return made;
};

/** Procedure names of one kind, read from the routers' sources, so that a new one cannot slip past a walk. */
function procedures(kind: "Mutation" | "Query"): string[] {
  const root = path.resolve(import.meta.dirname, "..", "..", "server");
  const mounts = new Map(
    [...readFileSync(path.join(root, "trpc", "root.ts"), "utf8").matchAll(/(\w+): (\w+Router),/g)].map(
      ([, name, router]) => [router, name],
    ),
  );
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /^[^/]+\/router\.ts$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(root, file), "utf8");
      const mount = mounts.get(/export const (\w+Router)/.exec(source)?.[1]) ?? "";
      return [...source.matchAll(new RegExp(`(\\w+): (tenant|account)${kind}\\(`, "g"))].map(
        ([, name = "", door]) => `${door === "account" ? "me/" : ""}${mount}.${name}`,
      );
    });
}

test("10 nobody approves what they wrote, by whatever session or role they come", async ({
  deployment,
  sides: { a },
}) => {
  const made = await submitted(a);
  const { versionId, contentHash } = made;
  const approval = { versionId, contentHash, verdict: "approved" };
  const second = await signIn(deployment, a.author.email, a.slug);
  const member = await memberOf(a, a.author);
  try {
    for (const author of [a.author, second])
      expect(await author.attempt("workflows.review", approval)).toMatchObject({ status: 403, code: "Forbidden" });
    await a.owner.ask("members.update", { memberId: member.id, roles: ["workflow_author", "workflow_reviewer"] });
    for (const author of [a.author, second]) {
      expect(await author.attempt("workflows.review", approval)).toMatchObject({ status: 403, code: "Forbidden" });
      expect(await author.attempt("workflows.publish", { versionId, contentHash })).toMatchObject({ status: 403 });
    }
    expect(await statusOf(a, made)).toBe("in_review");
  } finally {
    await a.owner.ask("members.update", { memberId: member.id, roles: ["workflow_author"] });
  }
});

test("10 an approval does not outlive an edit", async ({ sides: { a } }) => {
  const made = await submitted(a);
  const { versionId, workflowId, contentHash } = made;
  await a.reviewer.ask("workflows.review", { versionId, contentHash, verdict: "approved" });
  const edited = await a.author.ask<Made>("workflows.saveDraft", {
    ...{ workflowId, baseHash: contentHash, definition: definition({ name: "Edited after approval" }) },
  });
  await a.author.ask("workflows.submit", { versionId });
  for (const hash of [contentHash, edited.contentHash])
    expect([409, 412]).toContain(
      (await a.reviewer.attempt("workflows.publish", { versionId, contentHash: hash })).status,
    );
  expect(await statusOf(a, made)).toBe("in_review");
});

test("11 only an approved version in review can be published", async ({ sides: { a } }) => {
  const draft = await a.author.ask<Made>("workflows.create", { slug: fresh("flow"), definition: definition() });
  const rejected = await submitted(a);
  const verdict = { verdict: "changes_requested", comment: "No." };
  await a.reviewer.ask("workflows.review", {
    versionId: rejected.versionId,
    contentHash: rejected.contentHash,
    ...verdict,
  });
  const retired = await publish(a);
  await a.reviewer.ask("workflows.retire", { workflowId: retired.workflowId });
  const published = await publish(a);
  const expected = [
    [draft, "draft", 409],
    [rejected, "draft", 409],
    [retired, "retired", 409],
    [published, "published", 409],
    [await submitted(a), "in_review", 412],
  ] as const;
  for (const [made, status, refusal] of expected) {
    const { versionId, contentHash } = made;
    expect(await a.reviewer.attempt("workflows.publish", { versionId, contentHash }), status).toMatchObject({
      status: refusal,
    });
    expect(await statusOf(a, made)).toBe(status);
  }
  expect(await a.operator.attempt("runs.start", { workflowId: retired.workflowId })).toMatchObject({ status: 412 });
});

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
      a.author,
      "workflows.create",
      { slug: fresh("flow"), definition: definition(), createdBy: "x", status: "published" },
    ],
    [a.author, "workflows.create", { slug: fresh("flow"), definition: definition({ contributors: [] }) }],
    [a.author, "workflows.submit", { versionId: a.inReview.versionId, approvedBy: "x" }],
    [a.operator, "runs.start", { workflowId: a.workflow.workflowId, startedBy: "x", status: "succeeded" }],
    [a.operator, "runs.start", { workflowId: a.workflow.workflowId, versionId: a.inReview.versionId }],
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
function writesOf(a: TenantSide): Record<string, Record<string, unknown>> {
  const version = { versionId: a.inReview.versionId, contentHash: a.inReview.contentHash };
  const { workflowId } = a.workflow;
  return {
    "apiKeys.create": { name: "Mine", roles: ["read_only"] },
    "apiKeys.rotate": { apiKeyId: a.apiKeyId },
    "apiKeys.revoke": { apiKeyId: a.apiKeyId },
    "members.update": { memberId: a.memberId, roles: ["tenant_admin"] },
    "members.remove": { memberId: a.memberId },
    "members.invite": { email: `${fresh("friend")}@example.test`, roles: ["read_only"] },
    "members.resendInvitation": { invitationId: a.invitationId },
    "members.revokeInvitation": { invitationId: a.invitationId },
    "runs.start": { workflowId },
    "runs.cancel": { runId: a.runId },
    "runs.kill": { runId: a.runId },
    "tenants.update": { name: "Taken over" },
    "workflows.create": { slug: fresh("flow"), definition: definition() },
    "workflows.saveDraft": { workflowId, baseHash: a.workflow.contentHash, definition: definition() },
    "workflows.submit": { versionId: a.inReview.versionId },
    "workflows.review": { ...version, verdict: "approved" },
    "workflows.publish": version,
    "workflows.retire": { workflowId },
  };
}
/** Touches nothing but the caller's own account. */
const OWN = new Set([
  "me/accounts.updateProfile",
  "me/accounts.revokeSession",
  "me/accounts.revokeOtherSessions",
  "me/members.acceptInvitation",
  "me/members.leave",
  "me/tenants.create",
  "notifications.markRead",
]);

test("15 a viewer is refused every write but those on their own account", async ({ sides: { a } }) => {
  const writes = writesOf(a);
  const known = procedures("Mutation").filter((name) => !OWN.has(name));
  expect(known.length).toBeGreaterThan(15);
  expect(known.sort()).toEqual(Object.keys(writes).sort());
  const before = await snapshot(a);
  for (const [procedure, input] of Object.entries(writes)) {
    expect(await a.viewer.attempt(procedure, input), procedure).toMatchObject({ status: 403, code: "Forbidden" });
    // A link that a signed-in reader is made to follow is a GET.
    const followed = await a.owner.send(
      `/api/trpc/${a.slug}/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    expect(followed.status, procedure).toBe(405);
  }
  expect(await snapshot(a)).toEqual(before);
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
