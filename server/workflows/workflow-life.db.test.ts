import { and, eq, type SQL, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { members } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { ATTRIBUTES, twoStepDefinition } from "@/server/testing/definitions";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makeDraft, makePublished } from "@/server/testing/workflows";
import {
  createWorkflow,
  getWorkflow,
  listWorkflows,
  publishVersion,
  retireWorkflow,
  reviewVersion,
  saveDraft,
  submitVersion,
} from "./index";

const db = useTestDatabase();
const people = () => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
const statusOf = async (...args: Parameters<typeof getWorkflow>) => (await getWorkflow(...args)).versions[0]?.status;

describe("createWorkflow", () => {
  it("stores the first draft and leaves a receipt", async () => {
    const { as } = await people();
    const made = await makeDraft(as.workflow_author);
    await expectReceipt(as.workflow_author, "workflow.create", `workflow:${made.workflowId}`);
    expect(await getWorkflow(as.operator, { slug: made.slug })).toMatchObject({
      versions: [{ number: 1, status: "draft", contentHash: made.contentHash }],
    });
  });

  it.each(["ftp://a/", "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]:80/", "http://0xa000001/"])(
    "stores nothing of a definition that calls %s, and names the path",
    async (url) => {
      const { as } = await people();
      const attempt = createWorkflow(as.workflow_author, {
        slug: "faulty",
        definition: twoStepDefinition({ steps: [{ id: "a", type: "http", request: { url } }] }) as never,
      });
      await expect(attempt).rejects.toMatchObject({
        code: "Invalid",
        details: { fields: [{ path: "steps.0.request.url" }] },
      });
      expect(await countReceipts(as.workflow_author)).toBe(0);
    },
  );

  it("refuses a role that does not author, and an author whose clearance does not reach", async () => {
    const { tenant, as } = await people();
    await expect(makeDraft(as.operator)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.operator, "workflow.author");
    const junior = await memberContext(db.database, tenant, { roles: ["workflow_author"], clearance: "public" });
    await expect(makeDraft(junior)).rejects.toMatchObject({ details: { failed: ["cleared"] } });
  });

  it("lets two tenants use one slug and refuses it twice in one", async () => {
    const [one, other] = [await people(), await people()];
    await makeDraft(one.as.workflow_author, {}, "same-slug");
    await makeDraft(other.as.workflow_author, {}, "same-slug");
    await expect(makeDraft(one.as.workflow_author, {}, "same-slug")).rejects.toMatchObject({ code: "Conflict" });
  });
});

describe("a version's life", () => {
  it("goes from draft through review to published, each step with receipt and event", async () => {
    const { tenant, as } = await people();
    const made = await makePublished(as);
    await expectReceipt(as.workflow_reviewer, "workflow.publish", `workflow_version:${made.versionId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual([
      "workflow.submitted",
      "workflow.reviewed",
      "workflow.published",
    ]);
    expect(await listWorkflows(as.operator, {})).toMatchObject({ rows: [{ slug: made.slug, publishedVersion: 1 }] });
  });

  it("does not let the author approve, not even after being made a reviewer", async () => {
    const { tenant, as } = await people();
    const both = await memberContext(db.database, tenant, { roles: ["workflow_author", "workflow_reviewer"] });
    const made = await makeDraft(both);
    await submitVersion(both, { versionId: made.versionId });
    const attempt = reviewVersion(both, {
      ...made,
      slug: undefined,
      workflowId: undefined,
      verdict: "approved",
    } as never);
    await expect(attempt).rejects.toMatchObject({ code: "Invalid" });
    const { versionId, contentHash } = made;
    await expect(reviewVersion(both, { versionId, contentHash, verdict: "approved" })).rejects.toMatchObject({
      code: "Forbidden",
      details: { failed: ["contributor"] },
    });
    expect(await statusOf(as.operator, { slug: made.slug })).toBe("in_review");
  });

  it("asks for as many approvals as the pack does, and counts nobody twice", async () => {
    const { tenant, as } = await people();
    const attributes = { ...ATTRIBUTES, environment: "prod", risk_profile: "critical" };
    const { versionId, contentHash } = await makeDraft(as.workflow_author, { attributes });
    await submitVersion(as.workflow_author, { versionId });
    const approve = (who: typeof as.operator) => reviewVersion(who, { versionId, contentHash, verdict: "approved" });
    const publish = () => publishVersion(as.workflow_reviewer, { versionId, contentHash });
    await approve(as.workflow_reviewer);
    await approve(as.workflow_reviewer);
    await expect(publish()).rejects.toMatchObject({
      code: "PreconditionFailed",
      details: { approvals: 1, needed: 2 },
    });
    await approve(await memberContext(db.database, tenant, { roles: ["workflow_reviewer"] }));
    expect(await publish()).toMatchObject({ status: "published" });
  });

  it("voids the review when the text is edited", async () => {
    const { as } = await people();
    const made = await makeDraft(as.workflow_author);
    const { versionId, contentHash, workflowId } = made;
    await submitVersion(as.workflow_author, { versionId });
    await reviewVersion(as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    const edit = { workflowId, baseHash: contentHash, definition: twoStepDefinition({ name: "Changed" }) as never };
    const saved = await saveDraft(as.workflow_author, edit);
    expect(await statusOf(as.operator, { slug: made.slug })).toBe("draft");
    await submitVersion(as.workflow_author, { versionId });
    const publish = publishVersion(as.workflow_reviewer, { versionId, contentHash: saved.contentHash });
    await expect(publish).rejects.toMatchObject({ code: "PreconditionFailed" });
  });

  it("does not publish what was submitted again as it was, against a review that asks for changes", async () => {
    const { tenant, as } = await people();
    const other = await memberContext(db.database, tenant, { roles: ["workflow_reviewer"] });
    const { versionId, contentHash } = await makeDraft(as.workflow_author);
    await submitVersion(as.workflow_author, { versionId });
    const approve = () => reviewVersion(as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    const publish = () => publishVersion(as.workflow_reviewer, { versionId, contentHash });
    await approve();
    await reviewVersion(other, { versionId, contentHash, verdict: "changes_requested", comment: "Not so." });
    await submitVersion(as.workflow_author, { versionId });
    await expect(publish()).rejects.toMatchObject({ code: "PreconditionFailed", details: { approvals: 0 } });
    await approve();
    expect(await publish()).toMatchObject({ status: "published" });
  });

  it.each([
    ["has left", (of: SQL | undefined) => sql`delete from ${members} where ${of}`],
    ["reviews no more", (of: SQL | undefined) => sql`update ${members} set roles = '{operator}' where ${of}`],
  ])("does not count an approval by somebody who %s", async (_what, change) => {
    const { tenant, as } = await people();
    const other = await memberContext(db.database, tenant, { roles: ["workflow_reviewer"] });
    const { versionId, contentHash } = await makeDraft(as.workflow_author);
    await submitVersion(as.workflow_author, { versionId });
    await reviewVersion(other, { versionId, contentHash, verdict: "approved" });
    const one = and(eq(members.tenantId, tenant.tenantId), eq(members.userId, other.principal.id));
    await withTenant(as.operator, (tx) => tx.execute(change(one)));
    const publish = publishVersion(as.workflow_reviewer, { versionId, contentHash });
    await expect(publish).rejects.toMatchObject({ code: "PreconditionFailed", details: { approvals: 0 } });
  });

  it("refuses to publish what was never in review", async () => {
    const { as } = await people();
    const { versionId, contentHash } = await makeDraft(as.workflow_author);
    const attempt = publishVersion(as.workflow_reviewer, { versionId, contentHash });
    await expect(attempt).rejects.toMatchObject({ code: "Conflict" });
  });

  it("refuses a review of text that has changed since it was read", async () => {
    const { as } = await people();
    const { versionId } = await makeDraft(as.workflow_author);
    await submitVersion(as.workflow_author, { versionId });
    const stale = { versionId, contentHash: `sha256:${"0".repeat(64)}`, verdict: "approved" as const };
    await expect(reviewVersion(as.workflow_reviewer, stale)).rejects.toMatchObject({ code: "Conflict" });
  });

  it("goes back to draft when changes are requested, which must say what", async () => {
    const { as } = await people();
    const { versionId, contentHash, slug } = await makeDraft(as.workflow_author);
    await submitVersion(as.workflow_author, { versionId });
    const asked = { versionId, contentHash, verdict: "changes_requested" as const };
    await expect(reviewVersion(as.workflow_reviewer, asked)).rejects.toMatchObject({
      details: { fields: [{ path: "comment" }] },
    });
    await reviewVersion(as.workflow_reviewer, { ...asked, comment: "Use the staging host." });
    expect(await statusOf(as.operator, { slug })).toBe("draft");
  });

  it("gives a conflict to the second of two who save over the same text", async () => {
    const { as } = await people();
    const { workflowId, contentHash } = await makeDraft(as.workflow_author);
    const save = (name: string) =>
      saveDraft(as.workflow_author, {
        workflowId,
        baseHash: contentHash,
        definition: twoStepDefinition({ name }) as never,
      });
    const outcomes = await Promise.allSettled([save("One"), save("Two")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
  });

  it("begins the next version when a published one is edited, and retires the old one on publishing", async () => {
    const { as } = await people();
    const { workflowId, contentHash, slug } = await makePublished(as);
    const edit = { workflowId, baseHash: contentHash, definition: twoStepDefinition({ name: "Second" }) as never };
    const second = await saveDraft(as.workflow_author, edit);
    expect(second.number).toBe(2);
    const { versionId } = second;
    await submitVersion(as.workflow_author, { versionId });
    const read = { versionId, contentHash: second.contentHash };
    await reviewVersion(as.workflow_reviewer, { ...read, verdict: "approved" });
    await publishVersion(as.workflow_reviewer, read);
    const { versions } = await getWorkflow(as.operator, { slug });
    expect(versions.map(({ number, status }) => [number, status])).toEqual([
      [2, "published"],
      [1, "retired"],
    ]);
  });

  it("retires the published version once", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    await retireWorkflow(as.workflow_reviewer, { workflowId });
    await expect(retireWorkflow(as.workflow_reviewer, { workflowId })).rejects.toMatchObject({ code: "Conflict" });
  });
});

describe("another tenant's workflow", () => {
  it("answers every verb exactly as one that never was", async () => {
    const [mine, theirs] = [await people(), await people()];
    const made = await makePublished(theirs.as);
    const { as } = mine;
    const answers = async (versionId: string, workflowId: string, slug: string) => {
      const { contentHash } = made;
      const tries = [
        getWorkflow(as.operator, { slug }),
        saveDraft(as.workflow_author, { workflowId, baseHash: contentHash, definition: twoStepDefinition() as never }),
        submitVersion(as.workflow_author, { versionId }),
        reviewVersion(as.workflow_reviewer, { versionId, contentHash, verdict: "approved" }),
        publishVersion(as.workflow_reviewer, { versionId, contentHash }),
        retireWorkflow(as.workflow_reviewer, { workflowId }),
      ];
      const settled = await Promise.allSettled(tries);
      return settled.map((outcome) => (outcome.status === "rejected" ? String(outcome.reason) : "fulfilled"));
    };
    const foreign = await answers(made.versionId, made.workflowId, made.slug);
    const missing = await answers(newId("workflowVersion"), newId("workflow"), "never-was");
    expect(foreign).toEqual(missing);
    expect(foreign.every((answer) => answer.startsWith("NotFound"))).toBe(true);
  });
});
