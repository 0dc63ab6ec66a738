import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { createApiKey, listApiKeys, rotateApiKey } from "@/server/api-keys";
import { must } from "@/server/kernel/errors";
import { listMembers, removeMember, updateMember } from "@/server/members";
import { listReceipts } from "@/server/receipts";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import {
  closeAccessReview,
  decideAccess,
  getAccessReview,
  keepAccess,
  listReviewedAccess,
  openAccessReview,
} from "./index";
import { join, makeCampaign } from "./testing/campaign";

const db = useTestDatabase();
const remove = { keeps: false, comment: "Not needed any more." };

const rolesOf = async (ctx: TenantContext, memberId: string) =>
  (await listMembers(ctx, {})).rows.find(({ id }) => id === memberId)?.roles ?? null;

describe("decideAccess", () => {
  it("keeps access, and leaves receipt and event", async () => {
    const { tenant, owner, rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, worker);
    await decideAccess(rae.ctx, { ...sent, keeps: true, comment: "Works here." });
    await expectReceipt(owner.ctx, "access_review.decide", `access_review:${reviewId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("access_review.decided");
    const { item } = await itemOf(reviewId, worker);
    expect(item).toMatchObject({ verdict: "keep", comment: "Works here.", decidedByName: "Rae Reviewer" });
    expect(await rolesOf(owner.ctx, worker.memberId)).toEqual(["operator", "workflow_author"]);
  });

  it("takes roles, or the whole membership, in the same transaction, each with its own receipt", async () => {
    const { tenant, owner, rae, sam, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const role = { ...(await itemOf(reviewId, worker)).sent, removedRoles: ["workflow_author" as const] };
    await decideAccess(rae.ctx, { ...role, ...remove });
    expect(await rolesOf(owner.ctx, worker.memberId)).toEqual(["operator"]);
    await decideAccess(rae.ctx, { ...(await itemOf(reviewId, sam)).sent, ...remove });
    expect(await rolesOf(owner.ctx, sam.memberId)).toBeNull();
    const { rows } = await listReceipts(owner.ctx, {});
    expect(
      rows
        .map(({ action, subject }) => [action, subject])
        .reverse()
        .slice(1),
    ).toEqual([
      ["member.update", `member:${worker.memberId}`],
      ["access_review.decide", `access_review:${reviewId}`],
      ["member.remove", `member:${sam.memberId}`],
      ["access_review.decide", `access_review:${reviewId}`],
    ]);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual([
      ...["access_review.opened", "member.updated", "access_review.decided"],
      ...["member.removed", "access_review.decided"],
    ]);
  });

  it("ends a key as a whole, and no part of it", async () => {
    const { owner, rae, open } = await makeCampaign(db.database);
    const { id } = await createApiKey(owner.ctx, { name: "CI", roles: ["operator", "read_only"] });
    const { reviewId } = await open();
    const { rows } = await listReviewedAccess(rae.ctx, { reviewId, text: "CI" });
    const item = must(rows[0], "the key is looked at");
    const sent = { itemId: item.id, accessHash: item.accessHash ?? "" };
    const part = decideAccess(rae.ctx, { ...sent, ...remove, removedRoles: ["operator"] });
    await expect(part).rejects.toMatchObject({ code: "Invalid" });
    await decideAccess(rae.ctx, { ...sent, ...remove });
    expect((await listApiKeys(owner.ctx, {})).rows).toMatchObject([{ id, state: "revoked" }]);
    expect((await listReceipts(owner.ctx, {})).rows[1]).toMatchObject({ action: "api_key.revoke" });
  });

  it("refuses everybody about themselves, and about a key that they made or were given the secret of", async () => {
    const { owner, rae, open, itemOf } = await makeCampaign(db.database);
    const admin = await join(db.database, { tenantId: owner.ctx.tenantId, slug: owner.ctx.tenant.slug }, [
      "tenant_admin",
    ]);
    const key = await createApiKey(owner.ctx, { name: "CI", roles: ["operator"] });
    const { reviewId } = await open({ reviewerIds: [owner.memberId, admin.memberId, rae.memberId] });
    const { rows } = await listReviewedAccess(rae.ctx, { reviewId, text: "CI" });
    const sent = { itemId: rows[0]?.id ?? "", accessHash: rows[0]?.accessHash ?? "" };
    await rotateApiKey(admin.ctx, { apiKeyId: key.id });
    const own = (await itemOf(reviewId, rae)).sent;
    const attempts = [
      () => decideAccess(rae.ctx, { ...own, keeps: true }),
      () => decideAccess(owner.ctx, { ...sent, keeps: true }),
      () => decideAccess(admin.ctx, { ...sent, keeps: true }),
      () => keepAccess(admin.ctx, { reviewId, items: [sent] }),
      () => keepAccess(rae.ctx, { reviewId, items: [own, sent] }),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["requester"] } });
    await expectDenial(rae.ctx, "access_review.decide");
    expect((await getAccessReview(rae.ctx, { reviewId })).progress).toMatchObject({ kept: 0 });
  });

  it("refuses a reviewer whom it does not name, and a lesser role, on record alone", async () => {
    const { tenant, owner, worker, open, itemOf } = await makeCampaign(db.database);
    const other = await join(db.database, tenant, ["workflow_reviewer"]);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, owner);
    const before = await countReceipts(owner.ctx);
    for (const who of [other, worker])
      await expect(decideAccess(who.ctx, { ...sent, keeps: true })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(worker.ctx, "access_review.decide");
    await expect(decideAccess(other.ctx, { ...sent, keeps: true })).rejects.toMatchObject({
      details: { failed: ["not_its_reviewer"] },
    });
    await expect(keepAccess(other.ctx, { reviewId, items: [sent] })).rejects.toMatchObject({ code: "Forbidden" });
    expect(await countReceipts(owner.ctx)).toBe(before);
  });

  it("answers another tenant's item like one that never was", async () => {
    const [mine, theirs] = [await makeCampaign(db.database), await makeCampaign(db.database)];
    const { reviewId } = await theirs.open();
    const own = await mine.open();
    const { sent } = await theirs.itemOf(reviewId, theirs.worker);
    const missing = { code: "NotFound", message: "No such item of an access review." };
    await expect(decideAccess(mine.rae.ctx, { ...sent, keeps: true })).rejects.toMatchObject(missing);
    await expect(keepAccess(mine.rae.ctx, { reviewId: own.reviewId, items: [sent] })).rejects.toMatchObject(missing);
  });

  it("keeps the last owner, and what the reviewer and the opener could not take themselves", async () => {
    const { tenant, owner, rae, itemOf, open, input } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, owner);
    await expect(decideAccess(rae.ctx, { ...sent, ...remove })).rejects.toMatchObject({
      ...{ code: "Conflict", details: { role: "tenant_admin" } },
    });
    const second = await join(db.database, tenant, ["tenant_admin"]);
    const admin = await join(db.database, tenant, ["conductor_admin"]);
    const beyond = await openAccessReview(admin.ctx, { ...input, reviewerIds: [admin.memberId, rae.memberId] });
    for (const who of [admin, rae])
      await expect(
        decideAccess(who.ctx, { ...(await itemOf(beyond.reviewId, second)).sent, ...remove }),
      ).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["grants_beyond_own"] } });
    // In the owner's name it may be taken, for as long as the owner could.
    await decideAccess(rae.ctx, { ...(await itemOf(reviewId, owner)).sent, ...remove });
    expect(await rolesOf(second.ctx, owner.memberId)).toBeNull();
  });

  it("decides about what is there now, and refuses what was changed since it was read", async () => {
    const { owner, rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const read = await itemOf(reviewId, worker);
    expect(read.item.isChanged).toBe(false);
    await updateMember(owner.ctx, { memberId: worker.memberId, clearance: "restricted" });
    const attempt = decideAccess(rae.ctx, { ...read.sent, keeps: true });
    await expect(attempt).rejects.toMatchObject({ code: "Conflict", details: { reason: "changed" } });
    const again = await itemOf(reviewId, worker);
    expect(again.item).toMatchObject({ isChanged: true, now: { clearance: "restricted" } });
    await decideAccess(rae.ctx, { ...again.sent, keeps: true });
    expect((await itemOf(reviewId, worker)).item.decidedOn).toMatchObject({ clearance: "restricted" });
  });

  it("has nothing to decide about whose access ended otherwise", async () => {
    const { owner, rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, worker);
    await removeMember(owner.ctx, { memberId: worker.memberId });
    await expect(decideAccess(rae.ctx, { ...sent, keeps: true })).rejects.toMatchObject({ code: "Conflict" });
    expect((await getAccessReview(rae.ctx, { reviewId })).progress).toMatchObject({ gone: 1, undecided: 3 });
    const left = await listReviewedAccess(rae.ctx, { reviewId, only: "undecided" });
    expect(left.rows.map(({ snapshot }) => snapshot.name)).not.toContain("Wim Worker");
  });

  it("gives the second of two who decide at once a conflict", async () => {
    const { rae, sam, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, worker);
    const both = await Promise.allSettled([
      decideAccess(rae.ctx, { ...sent, keeps: true }),
      decideAccess(sam.ctx, { ...sent, ...remove }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
  });

  it.each([
    { keeps: false },
    { keeps: true, removedRoles: ["operator" as const] },
    { keeps: false, comment: "Why", removedRoles: [] },
    { keeps: false, comment: "Why", removedRoles: ["read_only" as const] },
    { keeps: false, comment: "Why", removedRoles: ["operator" as const, "workflow_author" as const] },
    { keeps: true, comment: "x".repeat(2_001) },
  ])("refuses %j as invalid", async (input) => {
    const { rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { sent } = await itemOf((await open()).reviewId, worker);
    await expect(decideAccess(rae.ctx, { ...sent, ...input })).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("keepAccess", () => {
  it("keeps several at once with one receipt, or none of them", async () => {
    const { owner, rae, sam, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const items = [(await itemOf(reviewId, sam)).sent, (await itemOf(reviewId, worker)).sent];
    const stale = { ...must(items[1], "two"), accessHash: `sha256:${"1".repeat(64)}` };
    const half = keepAccess(rae.ctx, { reviewId, items: [must(items[0], "two"), stale] });
    await expect(half).rejects.toMatchObject({ code: "Conflict" });
    expect((await getAccessReview(rae.ctx, { reviewId })).progress.kept).toBe(0);
    expect(await keepAccess(rae.ctx, { reviewId, items })).toEqual({ kept: 2 });
    await expectReceipt(owner.ctx, "access_review.decide", `access_review:${reviewId}`);
    expect((await getAccessReview(rae.ctx, { reviewId })).progress.kept).toBe(2);
    await expect(keepAccess(rae.ctx, { reviewId, items })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("refuses more than fifty at once, and an item twice", async () => {
    const { rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, worker);
    const many = Array.from({ length: 51 }, (_, at) => ({
      ...{ itemId: `ari_${at.toString(16).padStart(32, "0")}`, accessHash: sent.accessHash },
    }));
    for (const items of [many, [sent, sent], []])
      await expect(keepAccess(rae.ctx, { reviewId, items })).rejects.toMatchObject({ code: "Invalid" });
  });

  it("decides nothing in a review that is closed, nor in another tenant's", async () => {
    const { owner, rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const { sent } = await itemOf(reviewId, worker);
    const stranger = await join(db.database, await makeTenant(db.database), ["tenant_admin"]);
    await expect(keepAccess(stranger.ctx, { reviewId, items: [sent] })).rejects.toMatchObject({ code: "NotFound" });
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true });
    const closed = { code: "Conflict", details: { status: "incomplete" } };
    await expect(keepAccess(rae.ctx, { reviewId, items: [sent] })).rejects.toMatchObject(closed);
    await expect(decideAccess(rae.ctx, { ...sent, keeps: true })).rejects.toMatchObject(closed);
  });
});
