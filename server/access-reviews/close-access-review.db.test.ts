import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { canonicalJson } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import { removeMember } from "@/server/members";
import { blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { getReceipt, listReceipts } from "@/server/receipts";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { closeAccessReview, decideAccess, getAccessEvidence, getAccessReview, keepEvidence } from "./index";
import { makeCampaign } from "./testing/campaign";

const db = useTestDatabase();
const remove = { keeps: false, comment: "Not needed any more." };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "evidence-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const blobs = () => blobStoreOf({ ...env(), CONDUCTOR_HOME: folder, S3_BUCKET: undefined });

/** A review in which all is decided: two kept, one role and one membership taken. */
async function decidedCampaign() {
  const campaign = await makeCampaign(db.database);
  const { owner, rae, sam, worker, open, itemOf } = campaign;
  const { reviewId } = await open();
  await decideAccess(rae.ctx, { ...(await itemOf(reviewId, owner)).sent, keeps: true });
  await decideAccess(sam.ctx, { ...(await itemOf(reviewId, rae)).sent, keeps: true });
  const role = { removedRoles: ["workflow_author" as const] };
  await decideAccess(rae.ctx, { ...(await itemOf(reviewId, worker)).sent, ...remove, ...role });
  await decideAccess(rae.ctx, { ...(await itemOf(reviewId, sam)).sent, ...remove });
  return { ...campaign, reviewId };
}

async function closingDetail(ctx: TenantContext) {
  const last = must((await listReceipts(ctx, {})).rows[0], "closing leaves a receipt");
  const { body } = await getReceipt(ctx, { seq: last.seq });
  return (body as unknown as { detail: Record<string, unknown> }).detail;
}

describe("closeAccessReview", () => {
  it("makes an evidence record whose digest its receipt holds, and leaves the event", async () => {
    const { tenant, owner, reviewId } = await decidedCampaign();
    const closed = await closeAccessReview(owner.ctx, { reviewId });
    expect(closed.status).toBe("closed");
    await expectReceipt(owner.ctx, "access_review.close", `access_review:${reviewId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("access_review.closed");
    const { text, digest, record } = await getAccessEvidence(owner.ctx, { reviewId });
    expect(digest).toBe(closed.evidenceDigest);
    expect(await closingDetail(owner.ctx)).toMatchObject({
      ...{ evidenceDigest: `sha256:${createHash("sha256").update(text).digest("hex")}`, undecided: [] },
      evidenceBytes: Buffer.byteLength(text),
    });
    expect(text).toBe(canonicalJson(JSON.parse(text)));
    expect(record.counts).toEqual({ all: 4, kept: 2, removed: 2, undecided: 0, endedBeforeDecided: 0 });
    expect(record.review.outcome).toBe("closed");
    const wim = record.items.find(({ snapshot }) => snapshot.name === "Wim Worker");
    expect(wim?.decision).toMatchObject({
      ...{ removed: ["workflow_author"], by: { name: "Rae Reviewer" }, changedSinceOpening: false },
      on: { roles: ["operator", "workflow_author"] },
    });
  });

  it("refuses while something is undecided and names it, unless it closes as incomplete", async () => {
    const { owner, rae, worker, open, itemOf } = await makeCampaign(db.database);
    const { reviewId } = await open({ roles: ["operator", "workflow_reviewer"] });
    await decideAccess(rae.ctx, { ...(await itemOf(reviewId, worker)).sent, keeps: true });
    await expect(closeAccessReview(owner.ctx, { reviewId })).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { undecided: ["Rae Reviewer", "Sam Reviewer"] } },
    });
    expect(await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true })).toMatchObject({
      status: "incomplete",
    });
    expect(await closingDetail(owner.ctx)).toMatchObject({ undecided: ["Rae Reviewer", "Sam Reviewer"] });
    expect(await getAccessReview(owner.ctx, { reviewId })).toMatchObject({ status: "incomplete", mayClose: false });
    const { record } = await getAccessEvidence(owner.ctx, { reviewId });
    expect(record.review.outcome).toBe("incomplete");
  });

  it("asks for no decision about whose access ended otherwise", async () => {
    const { owner, worker, open } = await makeCampaign(db.database);
    const { reviewId } = await open({ roles: ["operator"] });
    await removeMember(owner.ctx, { memberId: worker.memberId });
    expect(await closeAccessReview(owner.ctx, { reviewId })).toMatchObject({ status: "closed" });
    const { record } = await getAccessEvidence(owner.ctx, { reviewId });
    expect(record.items.map(({ outcome }) => outcome)).toEqual(["ended-before-decided"]);
  });

  it("refuses a reviewer, and another tenant's owner as if it had never been", async () => {
    const { owner, rae, open } = await makeCampaign(db.database);
    const { reviewId } = await open();
    const before = await countReceipts(owner.ctx);
    const close = { reviewId, isIncomplete: true };
    await expect(closeAccessReview(rae.ctx, close)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(rae.ctx, "access_review.close");
    const other = await makeCampaign(db.database);
    for (const attempt of [closeAccessReview, getAccessEvidence, getAccessReview] as const)
      await expect(attempt(other.owner.ctx, { reviewId })).rejects.toMatchObject({
        ...{ code: "NotFound", message: "No such access review." },
      });
    expect(await countReceipts(owner.ctx)).toBe(before);
  });

  it("gives the second of two who close at once a conflict", async () => {
    const { owner, reviewId } = await decidedCampaign();
    const both = await Promise.allSettled([1, 2].map(() => closeAccessReview(owner.ctx, { reviewId })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
  });
});

describe("keepEvidence", () => {
  it("stores exactly the bytes that the receipt names, once, below their tenant", async () => {
    const { tenant, owner, reviewId } = await decidedCampaign();
    const ctx = { database: db.database, tenantId: tenant.tenantId, blobs: blobs() };
    expect(await keepEvidence(ctx, reviewId)).toBe("nothing");
    const { evidenceDigest } = await closeAccessReview(owner.ctx, { reviewId });
    expect([await keepEvidence(ctx, reviewId), await keepEvidence(ctx, reviewId)]).toEqual(["kept", "nothing"]);
    const [key] = await blobs().list(`access-reviews/${tenant.tenantId}/`);
    const bytes = must(await blobs().get(must(key, "it was stored")), "it was stored");
    expect(`sha256:${createHash("sha256").update(bytes).digest("hex")}`).toBe(evidenceDigest);
  });

  it("is read from the store from then on, and never where it was changed there or is gone", async () => {
    const { tenant, owner, reviewId } = await decidedCampaign();
    await closeAccessReview(owner.ctx, { reviewId });
    await expect(getAccessEvidence(owner.ctx, { reviewId })).resolves.toMatchObject({ record: { counts: { all: 4 } } });
    // The deployment's own store, as the reading verb uses it.
    const store = blobStoreOf(env());
    await keepEvidence({ database: db.database, tenantId: tenant.tenantId, blobs: store }, reviewId);
    await expect(getAccessEvidence(owner.ctx, { reviewId })).resolves.toMatchObject({ record: { counts: { all: 4 } } });
    const below = path.join(env().CONDUCTOR_HOME, "blobs", "access-reviews", tenant.tenantId);
    const [file = ""] = await readdir(below);
    await writeFile(path.join(below, file), '{"counts":{}}');
    await expect(getAccessEvidence(owner.ctx, { reviewId })).rejects.toMatchObject({ code: "Unavailable" });
    await rm(below, { recursive: true });
    await expect(getAccessEvidence(owner.ctx, { reviewId })).rejects.toMatchObject({ code: "Unavailable" });
  });

  it("has nothing for a review that is open", async () => {
    const { owner, open } = await makeCampaign(db.database);
    const { reviewId } = await open();
    await expect(getAccessEvidence(owner.ctx, { reviewId })).rejects.toMatchObject({ code: "NotFound" });
  });
});
