import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { entitlementOverrides, entitlements } from "@/db/schema";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { limitsOfPlan } from "@/policies/entitlements/projection";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { memberContext } from "@/server/testing/actors";
import { countReceipts, expectReceipt } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import {
  changeAddOns,
  closedFor,
  listAddOns,
  overridePlan,
  requireFeature,
  requireTenantPlace,
  standingOf,
} from "./index";

const db = useTestDatabase();
const NOW = new Date("2026-11-26T12:00:00Z");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
let ctx: TenantContext;
let clock = fixedClock(NOW);

beforeAll(async () => {
  clock = fixedClock(NOW);
  ctx = await memberContext(db.database, await makeTenant(db.database, { plan: null }), { roles: ["tenant_admin"] });
});

const operator = () => ({ database: db.database, tenantId: ctx.tenantId, clock, newId });
const pilot = { plan: "pro" as const, addOns: [], moreSeats: 2, reason: "A pilot", expiresAt: days(30) };
const standing = (at = NOW, of = ctx) => withTenant(of, (tx) => standingOf(tx, of.tenantId, at));
const require = (at = NOW, of = ctx) => withTenant(of, (tx) => requireFeature(tx, of.tenantId, "sso", at));

async function buys(of: TenantContext, over: Partial<typeof entitlements.$inferInsert> = {}) {
  await withTenant(of, (tx) =>
    tx.insert(entitlements).values({
      ...{ tenantId: of.tenantId, version: 1, source: "stripe" as const, customerId: `cus_${of.tenantId}` },
      ...{ plan: "standard" as const, addOns: [], seats: 3, status: "active", statusSince: days(-9) },
      ...{ cancelAtPeriodEnd: false, limits: limitsOfPlan("standard", [], 0, 1), catalogueVersion: 1 },
      ...{ previous: null, updatedAt: NOW, ...over },
    }),
  );
}
const another = async () =>
  memberContext(db.database, await makeTenant(db.database, { plan: null }), { roles: ["tenant_admin"] });

describe("a plan granted by hand", () => {
  it("opens what it has, with a receipt that says why and until when", async () => {
    await expect(require()).rejects.toMatchObject({ code: "NotEntitled", status: 402 });
    await overridePlan(operator(), pilot);
    await expectReceipt(ctx, "entitlement.grant", `tenant:${ctx.tenantId}`);
    await require();
    expect((await standing()).projection).toMatchObject({ source: "manual", plan: "pro", seats: 12 });
  });

  it("has ended on its day by itself, and no run starts then", async () => {
    await require(days(29));
    await expect(require(days(30))).rejects.toMatchObject({ code: "NotEntitled" });
    expect((await standing(days(30))).access).toMatchObject({ mayStartRuns: false, exportUntil: days(60) });
  });

  it("is replaced by the next one, and the one before stays on record", async () => {
    await overridePlan(operator(), { ...pilot, plan: "enterprise" });
    const rows = await withTenant(ctx, (tx) => tx.select().from(entitlementOverrides));
    expect(rows.map(({ plan, endedAt }) => [plan, endedAt !== null]).sort()).toEqual([
      ["enterprise", false],
      ["pro", true],
    ]);
  });

  it.each([
    ["has no reason", { reason: " " }],
    ["ends today", { expiresAt: NOW }],
    ["does not end within a year", { expiresAt: days(400) }],
    ["ends on no day", { expiresAt: new Date(Number.NaN) }],
  ])("is refused where it %s, and leaves no receipt", async (_what, over) => {
    const before = await countReceipts(ctx);
    await expect(overridePlan(operator(), { ...pilot, ...over })).rejects.toMatchObject({ code: "Invalid" });
    expect(await countReceipts(ctx)).toBe(before);
    expect((await standing()).projection?.plan).toBe("enterprise");
  });

  it("is taken away once: nothing is left to take then", async () => {
    await overridePlan(operator(), null);
    await expectReceipt(ctx, "entitlement.revoke", `tenant:${ctx.tenantId}`);
    const before = await countReceipts(ctx);
    await overridePlan(operator(), null);
    expect(await countReceipts(ctx)).toBe(before);
    expect((await standing()).projection).toBeNull();
  });

  it("stays one when two are granted at once", async () => {
    await Promise.all([overridePlan(operator(), pilot), overridePlan(operator(), pilot)]);
    const rows = await withTenant(ctx, (tx) => tx.select().from(entitlementOverrides));
    expect(rows.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });
});

describe("a licence for so many tenants", () => {
  const place = (tenants: number | null) => withTenant(ctx, (tx) => requireTenantPlace(tx, ctx, { tenants }));

  it("has no place for one more where they are there, whoever asks", async () => {
    await expect(place(1)).rejects.toMatchObject({ code: "LimitReached", details: { reason: "tenants", limit: 1 } });
    await place(1_000_000);
    await place(null);
  });
});

describe("what was bought", () => {
  it("counts where nothing is granted, and comes back when that has expired", async () => {
    const other = await another();
    await buys(other);
    expect((await standing(NOW, other)).projection).toMatchObject({ source: "stripe", plan: "standard" });
    await overridePlan({ ...operator(), tenantId: other.tenantId }, pilot);
    expect((await standing(NOW, other)).projection).toMatchObject({ source: "manual", plan: "pro" });
    expect((await standing(days(31), other)).projection).toMatchObject({ source: "stripe", plan: "standard" });
  });

  it("keeps its plan when an add-on is granted to it", async () => {
    const other = await another();
    await buys(other);
    await changeAddOns({ ...operator(), tenantId: other.tenantId }, "grant", "compliance");
    expect(await listAddOns(other, NOW)).toEqual(["compliance"]);
    const { projection } = await standing(NOW, other);
    expect(projection).toMatchObject({ source: "stripe", plan: "standard", limits: { seats: 3, retentionMonths: 84 } });
    expect(await listAddOns(other, days(91))).toEqual([]);
  });

  it("is read-only after grace, but for a run that is under way", async () => {
    const other = await another();
    await buys(other, { plan: "pro", status: "past_due", graceUntil: days(1) });
    await require(NOW, other);
    await expect(require(days(1), other)).rejects.toMatchObject({ details: { why: "read-only", opensWith: [] } });
    const asked = { tenantId: other.tenantId, feature: "custom-adapters" } as const;
    const closed = (use: "run" | "change") => withTenant(other, (tx) => closedFor(tx, { ...asked, use }, days(2)));
    expect(await closed("run")).toBeNull();
    expect(await closed("change")).toMatchObject({ why: "read-only" });
  });

  it("says what was before a purchase that is not complete", async () => {
    const other = await another();
    await buys(other, { plan: "pro" });
    const { projection } = await standing(NOW, other);
    const third = await another();
    await buys(third, { plan: "enterprise", status: "incomplete", previous: projection });
    expect((await standing(NOW, third)).projection?.previous).toEqual(projection);
    await require(NOW, third);
  });

  it("is refused while a flag holds a feature back, by whose flags the refusal says, and goes on once none does", async () => {
    const other = await another();
    await buys(other, { plan: "pro" });
    await require(NOW, other);
    const answer = { isHeldBack: true, provider: "live", revision: 12 };
    vi.stubGlobal("conductorFlags", { flags: { ask: () => answer } });
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(require(NOW, other)).rejects.toMatchObject({
      ...{ code: "NotEntitled", status: 402 },
      message: expect.stringContaining("switched off for now") as string,
      details: { why: "held-back", opensWith: [], flags: { provider: "live", revision: 12 } },
    });
    const asked = { tenantId: other.tenantId, feature: "custom-adapters", use: "run" } as const;
    // A kill switch stops runs that are under way too.
    expect(await withTenant(other, (tx) => closedFor(tx, asked, NOW))).toMatchObject({ why: "held-back" });
    answer.isHeldBack = false;
    await require(NOW, other);
  });

  it("is of one tenant only: no other has the same customer", async () => {
    const [one, two] = [await another(), await another()];
    await buys(one, { customerId: "cus_same" });
    await expect(buys(two, { customerId: "cus_same" })).rejects.toThrow();
  });

  it("is told with the price of what would open more", async () => {
    const other = await another();
    await buys(other);
    const refusal = await withTenant(other, (tx) =>
      requireFeature(tx, other.tenantId, "incident-automation", NOW),
    ).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      message: expect.stringContaining("the add-on Incident automation ($79.00 a month)") as string,
      details: { feature: "incident-automation", why: "not-in-plan", addOn: "incident" },
    });
    expect(refusal).toMatchObject({ details: { opensWith: [{ id: "incident", price: { cents: 7_900 } }, {}, {}] } });
  });
});
