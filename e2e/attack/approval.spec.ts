import { type Caller, signIn } from "../fixtures/caller";
import { definition, fresh, type Made, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

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
