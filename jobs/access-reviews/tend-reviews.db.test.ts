import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantPlanTo } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { closeAccessReview, getAccessReview, keepAccess, listDueReviews, repeatReview } from "@/server/access-reviews";
import { makeCampaign } from "@/server/access-reviews/testing/campaign";
import { overridePlan } from "@/server/entitlements";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { removeMember, updateMember } from "@/server/members";
import { listNotifications, tellAccessReviewers } from "@/server/notifications";
import { expectReceipt, recordedEvents } from "@/server/testing/records";
import { authDeps } from "@/server/testing/sign-in";
import type { TenantContext } from "@/server/verb";
import { mailReviewer } from "./ask-reviewers";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

async function opened(over: { repeatsMonths?: 3; roles?: ["operator"] } = {}) {
  const clock = fixedClock(new Date());
  const campaign = await makeCampaign(db.database, clock);
  const { reviewId } = await campaign.open(over);
  const ctx = { database: db.database, clock, newId, requestId: "req_1", tenantId: campaign.tenant.tenantId };
  const due = async () => (await listDueReviews(ctx)).filter(({ tenantId }) => tenantId === ctx.tenantId);
  return { ...campaign, reviewId, clock, ctx, due };
}
const opening = { occasion: "opened", name: "opened" } as const;
const titles = async (who: TenantContext) => (await listNotifications(who, {})).rows.map(({ title }) => title);

describe("tellAccessReviewers", () => {
  it("tells those who are named and have something to decide about, once", async () => {
    const { owner, rae, sam, ctx, reviewId, itemOf } = await opened();
    const told = await tellAccessReviewers(ctx, reviewId, opening);
    expect(told.sort()).toEqual([rae.ctx.principal.id, sam.ctx.principal.id].sort());
    expect(await tellAccessReviewers(ctx, reviewId, opening)).toEqual([]);
    expect(await titles(rae.ctx)).toEqual(["All access asks you who keeps access"]);
    expect(await titles(owner.ctx)).toEqual([]);
    const soon = { occasion: "soon", name: "soon" } as const;
    for (const holder of [owner, sam]) {
      const { sent } = await itemOf(reviewId, holder);
      await keepAccess(rae.ctx, { reviewId, items: [sent] });
    }
    await removeMember(owner.ctx, { memberId: sam.memberId });
    expect(await tellAccessReviewers(ctx, reviewId, soon)).toEqual([rae.ctx.principal.id]);
  });

  it("tells nobody of a review that is closed", async () => {
    const { owner, ctx, reviewId } = await opened();
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true });
    expect(await tellAccessReviewers(ctx, reviewId, opening)).toEqual([]);
  });
});

describe("mailReviewer", () => {
  it("sends the way to what is undecided, and nothing once it is closed", async () => {
    const { owner, rae, ctx, reviewId } = await opened();
    const { call, env } = authDeps(db.database, { SMTP_URL: smtp.url });
    const asked = { tenantId: ctx.tenantId, reviewId, userId: rae.ctx.principal.id };
    expect(await mailReviewer(call, env, asked, "overdue")).toBe("sent");
    const mail = await smtp.nextTo(rae.ctx.actor.kind === "user" ? rae.ctx.actor.email : "");
    expect(JSON.stringify(mail)).toContain(`access-reviews/${reviewId}`);
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true });
    expect(await mailReviewer(call, env, asked, "overdue")).toBe("closed");
  });
});

describe("listDueReviews", () => {
  it("asks for a reminder shortly before, at the due date, and each week after", async () => {
    const { clock, due, reviewId } = await opened();
    expect(await due()).toEqual([]);
    const names: string[] = [];
    for (const days of [11, 3, 6, 1]) {
      clock.advance(days * DAY_MS);
      names.push(...(await due()).map((one) => (one.does === "remind" ? one.name : one.does)));
    }
    expect(names).toEqual(["soon", "overdue-0", "overdue-0", "overdue-1"]);
    expect((await due())[0]).toMatchObject({ reviewId, occasion: "overdue" });
  });

  it("asks for nothing about a review that is closed and does not repeat", async () => {
    const { owner, clock, due, reviewId } = await opened();
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true });
    clock.advance(100 * DAY_MS);
    expect(await due()).toEqual([]);
  });
});

describe("repeatReview", () => {
  it("opens the next after its months with who is there by then, once, with receipt and event", async () => {
    const { tenant, owner, rae, worker, clock, ctx, due, reviewId } = await opened({ repeatsMonths: 3 });
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true });
    await removeMember(owner.ctx, { memberId: worker.memberId });
    expect(await repeatReview(ctx, reviewId)).toBeNull();
    clock.advance(93 * DAY_MS);
    expect(await due()).toEqual([{ tenantId: tenant.tenantId, reviewId, does: "repeat" }]);
    const made = await Promise.all([repeatReview(ctx, reviewId), repeatReview(ctx, reviewId)]);
    const [next = ""] = made.filter((id) => id !== null);
    expect(made.filter((id) => id !== null)).toHaveLength(1);
    await expectReceipt(owner.ctx, "access_review.open", `access_review:${next}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("access_review.opened");
    expect(await getAccessReview(rae.ctx, { reviewId: next })).toMatchObject({
      ...{ title: "All access", previousId: reviewId, repeatsMonths: 3, progress: { all: 3 } },
      reviewers: ["Rae Reviewer", "Sam Reviewer"],
      dueAt: new Date(clock.now().getTime() + 14 * DAY_MS).toISOString(),
    });
    expect(await getAccessReview(rae.ctx, { reviewId })).toMatchObject({ nextId: next, nextAt: null });
    expect(await due()).toEqual([]);
  });

  it("asks all who may decide where none of those named may any more", async () => {
    const { owner, rae, sam, clock, ctx, reviewId } = await opened({ repeatsMonths: 3, roles: ["operator"] });
    for (const { memberId } of [rae, sam]) await updateMember(owner.ctx, { memberId, roles: ["read_only"] });
    clock.advance(93 * DAY_MS);
    const next = (await repeatReview(ctx, reviewId)) ?? "";
    expect((await getAccessReview(owner.ctx, { reviewId: next })).reviewers).toEqual(["Olu Owner"]);
  });

  it("opens none where closing ended it", async () => {
    const { owner, clock, due, reviewId } = await opened({ repeatsMonths: 3 });
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true, endsRepeating: true });
    clock.advance(93 * DAY_MS);
    expect(await due()).toEqual([]);
  });

  it("opens none while the plan has no reviews, and the one that was due once it has them again", async () => {
    const { tenant, clock, ctx, due, reviewId } = await opened({ repeatsMonths: 3 });
    await overridePlan(ctx, null);
    clock.advance(93 * DAY_MS);
    expect(await repeatReview(ctx, reviewId)).toBeNull();
    expect(await due()).toContainEqual({ tenantId: tenant.tenantId, reviewId, does: "repeat" });
    await grantPlanTo(db.database, tenant.tenantId, "pro");
    expect(await repeatReview(ctx, reviewId)).toMatch(/^arv_/);
  });
});
