import { describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { members } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { eq } from "drizzle-orm";
import type { GovernanceProfile } from "@/policies/access/vocabulary";
import { makeTenant } from "@/db/testing/factories";
import { killTenant } from "@/server/holds";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { memberContext } from "@/server/testing/actors";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import {
  decideBreakGlass,
  endBreakGlass,
  listBreakGlass,
  openBreakGlass,
  reviewBreakGlass,
  settleBreakGlass,
} from "./index";

const db = useTestDatabase();
const need = { reason: "Payments run twice", reference: "INC-7", minutes: 20 };

/** An operator, who may not kill the tenant under white-label, and an administrator. */
async function inNeed(profile: GovernanceProfile) {
  const tenant = await makeTenant(db.database, { profile });
  const operator = await memberContext(db.database, tenant, { roles: ["operator"] });
  const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
  const reader = await memberContext(db.database, tenant, { roles: ["read_only"] });
  return { tenant, operator, admin, reader };
}

/** The same person's next request: whether break-glass is open for them now. */
async function again(ctx: TenantContext, at = new Date()): Promise<TenantContext> {
  const [row] = await withTenant(ctx, (tx) => tx.select().from(members).where(eq(members.userId, ctx.principal.id)));
  const until = row?.breakGlassUntil ?? null;
  return { ...ctx, principal: { ...ctx.principal, breakGlass: until !== null && until > at } };
}

const WHITE_LABEL = "conductor-governance-white-label";

describe("break-glass with a second person", () => {
  it("opens when somebody else agrees, lets them kill, and says by what", async () => {
    const { tenant, operator, admin } = await inNeed(WHITE_LABEL);
    await expect(killTenant(operator, { reason: "now" })).rejects.toMatchObject({ code: "Forbidden" });
    const { grantId, status } = await openBreakGlass(operator, need);
    expect(status).toBe("asked");
    await expect(killTenant(await again(operator), { reason: "now" })).rejects.toMatchObject({ code: "Forbidden" });
    await decideBreakGlass(admin, { grantId, verdict: "approved" });
    await expectReceipt(admin, "break_glass.approve", `break_glass:${grantId}`);
    await killTenant(await again(operator), { reason: "now" });
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(
      expect.arrayContaining(["break_glass.asked", "break_glass.opened"]),
    );
  });

  it("is not opened by whoever asked, by a reader, or from another tenant", async () => {
    const { operator, reader } = await inNeed(WHITE_LABEL);
    const { grantId } = await openBreakGlass(operator, need);
    const verdict = { grantId, verdict: "approved" as const };
    await expect(decideBreakGlass(operator, verdict)).rejects.toMatchObject({ details: { failed: ["requester"] } });
    await expectDenial(operator, "break_glass.approve");
    await expect(decideBreakGlass(reader, verdict)).rejects.toMatchObject({ code: "Forbidden" });
    const elsewhere = await inNeed(WHITE_LABEL);
    await expect(decideBreakGlass(elsewhere.admin, verdict)).rejects.toMatchObject({ code: "NotFound" });
  });

  it("is asked for once at a time, no longer than the pack allows, and decided once", async () => {
    const { operator, admin, reader } = await inNeed(WHITE_LABEL);
    await expect(openBreakGlass(reader, need)).rejects.toMatchObject({ code: "Forbidden" });
    await expect(openBreakGlass(operator, { ...need, minutes: 31 })).rejects.toMatchObject({ code: "Invalid" });
    const outcomes = await Promise.allSettled([openBreakGlass(operator, need), openBreakGlass(operator, need)]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
    const [grant] = (await listBreakGlass(admin, {})).rows;
    const grantId = grant?.id ?? "";
    await decideBreakGlass(admin, { grantId, verdict: "rejected", comment: "Use the usual way" });
    await expect(decideBreakGlass(admin, { grantId, verdict: "approved" })).rejects.toMatchObject({ code: "Conflict" });
    expect((await again(operator)).principal.breakGlass).toBe(false);
  });

  it("opens nothing any more once its time is over, or it was ended", async () => {
    const { operator, admin } = await inNeed(WHITE_LABEL);
    const { grantId } = await openBreakGlass(operator, need);
    await decideBreakGlass(admin, { grantId, verdict: "approved" });
    const later = new Date(Date.now() + 21 * 60_000);
    expect((await again(operator, later)).principal.breakGlass).toBe(false);
    expect((await again(operator)).principal.breakGlass).toBe(true);
    await endBreakGlass(admin, { grantId });
    expect((await again(operator)).principal.breakGlass).toBe(false);
    await expect(endBreakGlass(admin, { grantId })).rejects.toMatchObject({ code: "Conflict" });
  });
});

describe("break-glass without a second person", () => {
  it("opens at once, and is looked at afterwards by somebody else", async () => {
    const { operator, admin } = await inNeed("conductor-governance-internal");
    const { grantId, status } = await openBreakGlass(operator, need);
    expect(status).toBe("open");
    expect((await again(operator)).principal.breakGlass).toBe(true);
    await expect(reviewBreakGlass(admin, { grantId, comment: "fine" })).rejects.toMatchObject({ code: "Conflict" });
    const clock = { ...systemClock, now: () => new Date(Date.now() + 21 * 60_000) };
    await settleBreakGlass({ database: db.database, clock, newId, requestId: newId("request") });
    await expectReceipt(admin, "break_glass.end", `break_glass:${grantId}`);
    await expect(reviewBreakGlass(operator, { grantId, comment: "fine" })).rejects.toMatchObject({ code: "Forbidden" });
    await reviewBreakGlass(admin, { grantId, comment: "Killed one run, as said" });
    expect((await listBreakGlass(admin, {})).rows).toMatchObject([{ id: grantId, status: "reviewed" }]);
  });
});
