import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { createApiKey } from "@/server/api-keys";
import { updateMember } from "@/server/members";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { getAccessReview, listAccessReviews, listAbleReviewers, listReviewedAccess, openAccessReview } from "./index";
import { join, makeCampaign } from "./testing/campaign";

const db = useTestDatabase();

describe("openAccessReview", () => {
  it("writes down what everybody has, and leaves receipt and event", async () => {
    const { tenant, owner, rae, worker, open } = await makeCampaign(db.database);
    await updateMember(owner.ctx, { memberId: worker.memberId, roles: ["operator"] });
    await createApiKey(owner.ctx, { name: "CI", roles: ["operator"] });
    const { reviewId, holders } = await open();
    expect(holders).toBe(5);
    await expectReceipt(owner.ctx, "access_review.open", `access_review:${reviewId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("access_review.opened");
    const { rows } = await listReviewedAccess(rae.ctx, { reviewId });
    expect(rows.map(({ kind, snapshot }) => [kind, snapshot.name])).toEqual([
      ...[
        ["member", "Olu Owner"],
        ["member", "Rae Reviewer"],
        ["member", "Sam Reviewer"],
        ["member", "Wim Worker"],
      ],
      ["api_key", "CI"],
    ]);
    expect(rows.map(({ isOwn }) => isOwn)).toEqual([false, true, false, false, false]);
    const [wim, key] = rows.slice(3);
    expect(wim?.snapshot).toMatchObject({
      access: { roles: ["operator"], region: "eu", clearance: "confidential" },
      grant: null,
      lastSeenAt: expect.stringMatching(/^\d{4}-/) as string,
    });
    expect(key?.snapshot).toMatchObject({
      access: { roles: ["operator"] },
      grant: { name: "Olu Owner" },
      lastSeenAt: null,
    });
  });

  it("shows who gave a role that was given later", async () => {
    const { owner, rae, worker, open, itemOf } = await makeCampaign(db.database);
    await updateMember(owner.ctx, { memberId: worker.memberId, roles: ["operator", "read_only"] });
    const { reviewId } = await open({ roles: ["operator"], withApiKeys: false });
    const { item } = await itemOf(reviewId, worker);
    expect(item.snapshot.grant).toMatchObject({ name: "Olu Owner", actor: `user:${owner.ctx.principal.id}` });
    expect((await listReviewedAccess(rae.ctx, { reviewId })).rows).toHaveLength(1);
  });

  it("refuses a reviewer, and puts the denial on record alone", async () => {
    const { rae, input } = await makeCampaign(db.database);
    await expect(openAccessReview(rae.ctx, input)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(rae.ctx, "access_review.open");
    expect(await countReceipts(rae.ctx)).toBe(0);
  });

  it("answers another tenant's member as a reviewer like one that never was", async () => {
    const { open } = await makeCampaign(db.database);
    const stranger = await join(db.database, await makeTenant(db.database), ["tenant_admin"]);
    await expect(open({ reviewerIds: [stranger.memberId] })).rejects.toMatchObject({
      ...{ code: "NotFound", message: "No such member." },
    });
  });

  it("refuses a reviewer whose roles decide nothing, and one alone who would be asked about themselves", async () => {
    const { rae, worker, open } = await makeCampaign(db.database);
    await expect(open({ reviewerIds: [worker.memberId] })).rejects.toMatchObject({ code: "Invalid" });
    await expect(open({ reviewerIds: [rae.memberId] })).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { names: ["Rae Reviewer"] } },
    });
    await expect(open({ reviewerIds: [rae.memberId], roles: ["operator"] })).resolves.toMatchObject({ holders: 1 });
  });

  it.each(["2020-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"])("refuses %s as a due date", async (dueAt) => {
    const { open } = await makeCampaign(db.database);
    await expect(open({ dueAt })).rejects.toMatchObject({ code: "Invalid" });
  });

  it("refuses the one after twenty that are open, also to two at once", async () => {
    const { owner, open } = await makeCampaign(db.database);
    for (let made = 0; made < 19; made += 1) await open({ roles: ["operator"] });
    const both = await Promise.allSettled([open({ roles: ["operator"] }), open({ roles: ["operator"] })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "LimitReached", details: { limit: 20 } });
    expect((await listAccessReviews(owner.ctx, { limit: 100 })).rows).toHaveLength(20);
  });
});

describe("reading reviews", () => {
  it("tells a reviewer what is theirs to do, and others why it is not", async () => {
    const { owner, rae, worker, open } = await makeCampaign(db.database);
    const { reviewId } = await open();
    expect(await getAccessReview(rae.ctx, { reviewId })).toMatchObject({
      ...{ whyNoReviewer: null, mayClose: false, status: "open", reviewers: ["Rae Reviewer", "Sam Reviewer"] },
      progress: { all: 4, kept: 0, removed: 0, gone: 0, undecided: 4 },
    });
    expect(await getAccessReview(owner.ctx, { reviewId })).toMatchObject({
      ...{ whyNoReviewer: "You are not among the reviewers whom it names.", mayClose: true },
    });
    await expect(getAccessReview(worker.ctx, { reviewId })).rejects.toMatchObject({ code: "Forbidden" });
    const able = await listAbleReviewers(owner.ctx, {});
    expect(able.map(({ name }) => name)).toEqual(["Olu Owner", "Rae Reviewer", "Sam Reviewer"]);
  });

  it("pages through what is looked at, in the order of names", async () => {
    const { rae, open } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const first = await listReviewedAccess(rae.ctx, { reviewId, limit: 3 });
    const rest = await listReviewedAccess(rae.ctx, { reviewId, limit: 3, cursor: first.nextCursor ?? undefined });
    expect(rest).toMatchObject({ rows: [{ snapshot: { name: "Wim Worker" } }], nextCursor: null });
    const found = await listReviewedAccess(rae.ctx, { reviewId, text: "reviewer" });
    expect(found.rows).toHaveLength(2);
  });
});
