import { and, asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditorViews, members, receipts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeMember, makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { getAccessReview, listReviewedAccess, openAccessReview } from "@/server/access-reviews";
import { overridePlan, seatsTaken } from "@/server/entitlements";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { listOwnTenants } from "@/server/tenants";
import { findMembership, memberContext, tenantWith, userContext } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { AUDITOR_DAYS_MAX } from "./domain/auditor";
import {
  acceptInvitation,
  composeInvitation,
  endAuditor,
  endOverAuditors,
  extendAuditor,
  grantAuditor,
  inviteAuditor,
  leaveTenant,
  listAuditors,
  listMembers,
  resendInvitation,
  updateMember,
} from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
const engagement = "SOC 2 Type II, 2026";

/** A tenant with an administrator, by a clock that stands until it is moved. */
async function place() {
  const began = Date.now();
  const stands = { at: began };
  const clock = { now: () => new Date(stands.at) };
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "operator"], clock);
  const inDays = (days: number) => new Date(began + days * DAY_MS).toISOString();
  return { tenant, admin: as.tenant_admin, operator: as.operator, clock, stands, inDays };
}
type Place = Awaited<ReturnType<typeof place>>;

async function linkOf(ctx: TenantContext, invitationId: string) {
  const letter = must(await composeInvitation(ctx, { tenantId: ctx.tenantId, invitationId }), "the mail is due");
  const url = new URL(letter.url);
  return { invitationId, token: url.searchParams.get("token") ?? "" };
}

/** Somebody who came in by an auditor's invitation for so many days. */
async function auditor({ admin, clock, inDays }: Place, days = 30) {
  const person = await makeUser(db.database);
  const user = userContext(db.database, person, clock);
  const { id } = await inviteAuditor(admin, { email: person.email, engagement, until: inDays(days) });
  const { memberId } = await acceptInvitation(user, await linkOf(admin, id));
  return { user, memberId, invitationId: id };
}

const receiptsOf = (ctx: TenantContext) =>
  withTenant(ctx, async (tx) => {
    const rows = await tx.select().from(receipts).where(eq(receipts.tenantId, ctx.tenantId)).orderBy(asc(receipts.seq));
    return rows.map(({ action, subject }) => [action, subject]);
  });

const rowOf = (ctx: TenantContext, memberId: string) =>
  withTenant(ctx, (tx) =>
    tx
      .select()
      .from(members)
      .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId))),
  );

describe("inviteAuditor", () => {
  it("lets somebody in who only reads, until its end, with receipts of both steps", async () => {
    const here = await place();
    const { user, memberId, invitationId } = await auditor(here);
    const joined = must(await findMembership(user, here.tenant.slug), "the auditor is a member");
    expect(joined.principal.roles).toEqual(["read_only"]);
    expect(joined.auditor).toEqual({ memberId, until: new Date(here.inDays(30)) });
    expect(await receiptsOf(here.admin)).toEqual([
      ["auditor.grant", `invitation:${invitationId}`],
      ["invitation.accept", `member:${memberId}`],
    ]);
    expect((await listAuditors(here.admin, {})).rows).toMatchObject([
      { id: memberId, engagement, state: "active", endsAt: here.inDays(30), endedAt: null, views: 0 },
    ]);
  });

  it("takes no seat, so that an audit does not wait for one to be bought", async () => {
    const here = await place();
    const { admin, inDays } = here;
    const plan = { plan: "standard" as const, addOns: [], moreSeats: 0, reason: "Of tests" };
    await overridePlan(admin, { ...plan, expiresAt: new Date(inDays(60)) });
    const third = await makeUser(db.database);
    await makeMember(db.database, here.tenant.tenantId, third.id, { roles: ["read_only"] });
    const taken = () => withTenant(admin, (tx) => seatsTaken(tx, admin.tenantId));
    expect(await taken(), "all seats of the plan are").toBe(3);
    await auditor(here);
    expect(await taken()).toBe(3);
  });

  it.each([
    ["a moment that is past", -1],
    [`more than ${AUDITOR_DAYS_MAX} days`, AUDITOR_DAYS_MAX + 1 / DAY_MS],
  ])("refuses %s", async (_title, days) => {
    const { admin, inDays } = await place();
    const attempt = inviteAuditor(admin, { email: "a@example.test", engagement, until: inDays(days) });
    await expect(attempt).rejects.toMatchObject({ code: "Invalid", details: { fields: [{ path: "until" }] } });
    expect(await countReceipts(admin)).toBe(0);
  });

  it("takes 90 days to the millisecond", async () => {
    const here = await place();
    const { user } = await auditor(here, AUDITOR_DAYS_MAX);
    expect(await findMembership(user, here.tenant.slug)).not.toBeNull();
  });

  it("refuses whoever does not manage members", async () => {
    const { operator, inDays } = await place();
    const attempt = inviteAuditor(operator, { email: "a@example.test", engagement, until: inDays(1) });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(operator, "member.invite");
  });

  it("opens nothing once the time that it gives is over, and is not sent again", async () => {
    const { admin, clock, stands, inDays } = await place();
    const person = await makeUser(db.database);
    const { id } = await inviteAuditor(admin, { email: person.email, engagement, until: inDays(1) });
    const link = await linkOf(admin, id);
    stands.at += DAY_MS;
    const attempt = acceptInvitation(userContext(db.database, person, clock), link);
    await expect(attempt).rejects.toMatchObject({ code: "PreconditionFailed" });
    await expect(resendInvitation(admin, { invitationId: id })).rejects.toMatchObject({ code: "Conflict" });
  });
});

describe("grantAuditor", () => {
  it("makes a reader an auditor, and one of two at once", async () => {
    const { tenant, admin, inDays } = await place();
    const person = await makeUser(db.database);
    const memberId = await makeMember(db.database, tenant.tenantId, person.id, { roles: ["read_only"] });
    const input = { memberId, engagement, until: inDays(10) };
    const outcomes = await Promise.allSettled([grantAuditor(admin, input), grantAuditor(admin, input)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
    await expectReceipt(admin, "auditor.grant", `member:${memberId}`);
    const joined = await findMembership(userContext(db.database, person), tenant.slug);
    expect(joined?.auditor?.until).toEqual(new Date(inDays(10)));
  });

  it("refuses whoever holds more than read_only", async () => {
    const { tenant, admin, inDays } = await place();
    const person = await makeUser(db.database);
    const memberId = await makeMember(db.database, tenant.tenantId, person.id, { roles: ["read_only", "operator"] });
    const attempt = grantAuditor(admin, { memberId, engagement, until: inDays(10) });
    await expect(attempt).rejects.toMatchObject({ code: "Conflict" });
  });
});

describe("an auditor", () => {
  it("is given no other role, by a verb or past it", async () => {
    const here = await place();
    const { memberId } = await auditor(here);
    for (const roles of [["read_only", "operator"], ["workflow_reviewer"]] as const)
      await expect(updateMember(here.admin, { memberId, roles: [...roles] })).rejects.toMatchObject({
        code: "Conflict",
      });
    const past = withTenant(here.admin, (tx) =>
      tx
        .update(members)
        .set({ roles: ["read_only", "operator"] })
        .where(and(eq(members.tenantId, here.tenant.tenantId), eq(members.id, memberId))),
    );
    await expect(past).rejects.toMatchObject({ cause: { constraint: "members_auditor_check" } });
    await updateMember(here.admin, { memberId, clearance: "restricted" });
  });

  it("is a member to the last millisecond, and at the very end none: whatever was not tidied away yet", async () => {
    const here = await place();
    const { user, memberId } = await auditor(here, 1);
    here.stands.at = new Date(here.inDays(1)).getTime() - 1;
    expect(await findMembership(user, here.tenant.slug)).not.toBeNull();
    expect(await listOwnTenants(user, {})).toMatchObject([{ slug: here.tenant.slug }]);

    here.stands.at += 1;
    expect(await findMembership(user, here.tenant.slug)).toBeNull();
    expect(await listOwnTenants(user, {})).toEqual([]);
    await expect(leaveTenant(user, { slug: here.tenant.slug })).rejects.toMatchObject({ code: "NotFound" });
    expect((await listMembers(here.admin, {})).rows.map(({ id }) => id)).not.toContain(memberId);
    expect(await rowOf(here.admin, memberId)).toHaveLength(1);
    for (const late of [
      () => extendAuditor(here.admin, { memberId, until: here.inDays(5) }),
      () => endAuditor(here.admin, { memberId }),
      () => updateMember(here.admin, { memberId, clearance: "public" }),
    ])
      await expect(late()).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("extendAuditor", () => {
  it("gives another end, at most 90 days from now, and says both in its receipt", async () => {
    const here = await place();
    const { user, memberId } = await auditor(here);
    const beyond = extendAuditor(here.admin, { memberId, until: here.inDays(AUDITOR_DAYS_MAX + 1) });
    await expect(beyond).rejects.toMatchObject({ code: "Invalid" });
    await extendAuditor(here.admin, { memberId, until: here.inDays(60) });
    await expectReceipt(here.admin, "auditor.extend", `member:${memberId}`);
    here.stands.at += 45 * DAY_MS;
    expect((await findMembership(user, here.tenant.slug))?.auditor?.until).toEqual(new Date(here.inDays(60)));
    expect((await listAuditors(here.admin, {})).rows).toMatchObject([{ state: "active", endsAt: here.inDays(60) }]);
  });

  it("refuses a lesser role, and a member who is no auditor", async () => {
    const here = await place();
    const { memberId } = await auditor(here);
    const until = here.inDays(40);
    await expect(extendAuditor(here.operator, { memberId, until })).rejects.toMatchObject({ code: "Forbidden" });
    const other = (await listMembers(here.admin, {})).rows.find(({ roles }) => roles.includes("operator"));
    const attempt = extendAuditor(here.admin, { memberId: must(other, "there is an operator").id, until });
    await expect(attempt).rejects.toMatchObject({ code: "Conflict" });
  });
});

describe("the end", () => {
  it("comes early where somebody says so, with a receipt", async () => {
    const here = await place();
    const { user, memberId } = await auditor(here);
    here.stands.at += DAY_MS;
    const outcomes = await Promise.allSettled([
      endAuditor(here.admin, { memberId }),
      endAuditor(here.admin, { memberId }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expectReceipt(here.admin, "auditor.end", `member:${memberId}`);
    expect(await findMembership(user, here.tenant.slug)).toBeNull();
    expect((await listAuditors(here.admin, {})).rows).toMatchObject([{ state: "ended", endedAt: here.inDays(1) }]);
  });

  it("is tidied away once, with a receipt, and they may be invited anew before or after", async () => {
    const here = await place();
    const { admin, clock, stands } = here;
    const [first, second] = [await auditor(here, 1), await auditor(here, 2)];
    stands.at += DAY_MS;
    const again = await inviteAuditor(admin, { email: first.user.user.email, engagement, until: here.inDays(9) });
    await acceptInvitation(first.user, await linkOf(admin, again.id));
    expect(await findMembership(first.user, here.tenant.slug)).not.toBeNull();
    const tidied = ["auditor.end", `member:${first.memberId}`];
    expect((await receiptsOf(admin)).slice(-2)).toEqual([tidied, ["invitation.accept", expect.any(String)]]);

    stands.at += DAY_MS;
    const job = { database: db.database, clock, newId, requestId: newId("request") };
    // Of every tenant, so also what other tests left over.
    expect(await endOverAuditors(job)).toBeGreaterThan(0);
    expect(await endOverAuditors(job)).toBe(0);
    expect(await rowOf(admin, second.memberId)).toEqual([]);
    await expectReceipt(admin, "auditor.end", `member:${second.memberId}`);
    const states = (await listAuditors(admin, {})).rows.map(({ state, endedAt }) => [state, endedAt]);
    expect(states).toEqual([
      ["active", null],
      ["over", here.inDays(2)],
      ["over", here.inDays(1)],
    ]);
  });
});

describe("a review of access", () => {
  it("shows an auditor's end, and finds them gone from then on", async () => {
    const here = await place();
    const reviewer = await memberContext(db.database, here.tenant, { roles: ["conductor_admin"] }, here.clock);
    const { memberId } = await auditor(here, 1);
    const ids = (await listMembers(reviewer, {})).rows.filter(({ roles }) => !roles.includes("read_only"));
    const { reviewId } = await openAccessReview(here.admin, {
      ...{ title: "Auditors", roles: ["read_only"], withApiKeys: false, dueAt: here.inDays(10) },
      reviewerIds: ids.filter(({ roles }) => roles.includes("conductor_admin")).map(({ id }) => id),
    });
    const { rows } = await listReviewedAccess(here.admin, { reviewId });
    expect(rows).toMatchObject([{ holderId: memberId, snapshot: { access: { expiresAt: here.inDays(1) } } }]);
    const gone = async () => (await getAccessReview(here.admin, { reviewId })).progress.gone;
    here.stands.at += DAY_MS - 1;
    expect(await gone()).toBe(0);
    here.stands.at += 1;
    expect(await gone()).toBe(1);
  });
});

describe("the log of what auditors were shown", () => {
  it("may only be added to", async () => {
    const here = await place();
    const { user } = await auditor(here);
    const ctx = must(await findMembership(user, here.tenant.slug), "the auditor is a member");
    await listMembers(ctx, {});
    const own = eq(auditorViews.tenantId, ctx.tenantId);
    const changes = [
      () => withTenant(ctx, (tx) => tx.delete(auditorViews).where(own)),
      () => withTenant(ctx, (tx) => tx.update(auditorViews).set({ subject: "x" }).where(own)),
    ];
    for (const change of changes) await expect(change()).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  it("holds nothing of what other members read", async () => {
    const { tenant, admin } = await place();
    const reader = await memberContext(db.database, tenant, { roles: ["read_only"] });
    await listMembers(reader, {});
    expect(await withTenant(admin, (tx) => tx.select().from(auditorViews))).toEqual([]);
  });
});
