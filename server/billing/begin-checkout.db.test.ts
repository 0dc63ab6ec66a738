import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { billingCheckouts, billingCustomers } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { completeSession } from "@/e2e/sandbox/stripe/objects/checkout-completion";
import { setCode } from "@/e2e/sandbox/stripe/objects/checkout-codes";
import { ROLES } from "@/policies/access/vocabulary";
import { overridePlan, standingOf } from "@/server/entitlements";
import { planlessTenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { beginCheckout, confirmCheckout, getPayment, listInvoices, openPortal, refreshPlan } from "./index";
import { placeSeller } from "./seller";
import { useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const CHOICE = { plan: "pro" as const, addOns: ["incident" as const], moreSeats: 3 };
let as: Record<(typeof ROLES)[number], TenantContext>;
let admin: TenantContext;

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));
beforeEach(async () => {
  ({ as } = await planlessTenantWith(db.database, [...ROLES]));
  admin = as.tenant_admin;
});

const sessions = async () => {
  const row = await withTenant(admin, (tx) => tx.select().from(billingCheckouts));
  return row.map(({ sessionId, status }) => ({ id: sessionId ?? "", status }));
};
const sessionOf = async (ctx = admin) => {
  await beginCheckout(ctx, CHOICE);
  const open = (await sessions()).find(({ status }) => status === "open");
  return open?.id ?? "";
};
const pay = (sessionId: string, card = "4242424242424242") => completeSession(shop.account.account, sessionId, card);
const projection = async () => (await withTenant(admin, (tx) => standingOf(tx, admin.tenantId, new Date()))).projection;
const customers = () => withTenant(admin, (tx) => tx.select().from(billingCustomers));

describe("billing.checkout", () => {
  it("leads to a page at the seller with the catalogue's own prices, for a customer made before, and grants nothing (case 26)", async () => {
    const { url } = await beginCheckout(admin, CHOICE);
    expect(url).toContain(shop.sandbox.url);
    const [{ id } = { id: "" }] = await sessions();
    const { data } = await shop.stripe.checkout.sessions.listLineItems(id);
    expect(data.map(({ price, quantity }) => [price?.lookup_key, quantity])).toEqual([
      ["conductor_pro_base_v1", 1],
      ["conductor_pro_seat_v1", 3],
      ["conductor_pro_usage_v1", null],
      ["conductor_pro_incident_v1", 1],
    ]);
    expect(await projection()).toBeNull();
    const [row] = await withTenant(admin, (tx) => tx.select().from(billingCheckouts));
    await expectReceipt(admin, "billing.checkout", `checkout:${row?.id ?? ""}`);
  });

  it("is one for a double click, two tabs and two administrators (cases 27 and 28)", async () => {
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => beginCheckout(admin, CHOICE)));
    const urls = new Set(asked.flatMap((each) => (each.status === "fulfilled" ? [each.value.url] : [])));
    expect(urls.size).toBe(1);
    expect(await sessions()).toHaveLength(1);
    expect(await customers()).toHaveLength(1);
    const { data } = await shop.stripe.customers.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata.tenant_id === admin.tenantId)).toHaveLength(1);
  });

  it("ends the page of another choice, which can no longer be paid", async () => {
    const first = await sessionOf();
    await beginCheckout(admin, { ...CHOICE, moreSeats: 0 });
    expect((await shop.stripe.checkout.sessions.retrieve(first)).status).toBe("expired");
    expect(() => pay(first)).toThrow();
    expect((await sessions()).map(({ status }) => status).sort()).toEqual(["expired", "open"]);
  });

  it("is of another customer where the first was deleted, though no event has said so (case 59)", async () => {
    const first = await sessionOf();
    const [{ id } = { id: "" }] = await customers();
    await shop.stripe.customers.del(id);
    await beginCheckout(admin, { ...CHOICE, moreSeats: 1 });
    const [gone, living] = (await customers()).sort((a, b) => Number(a.endedAt === null) - Number(b.endedAt === null));
    expect(gone).toMatchObject({ id, endedAt: expect.any(Date) as Date });
    expect(living).toMatchObject({ endedAt: null });
    expect(living?.id).not.toBe(id);
    expect(await sessionOf()).not.toBe(first);
  });

  it("takes a promotion code there, and nothing that we chose beside it (cases 42 and 85)", async () => {
    const half = await shop.stripe.coupons.create({ percent_off: 50, duration: "once" });
    await shop.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: half.id }, code: "HALFOFF" });
    const sessionId = await sessionOf();
    expect(await shop.stripe.checkout.sessions.retrieve(sessionId)).toMatchObject({
      ...{ allow_promotion_codes: true, amount_total: 78_500 },
    });
    expect(() => setCode(shop.account.account, sessionId, "NOSUCH")).toThrow();
    setCode(shop.account.account, sessionId, "halfoff");
    pay(sessionId);
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ plan: "pro", addOns: ["incident"], seats: 13, status: "active" });
    expect((await listInvoices(admin, {})).rows).toMatchObject([{ totalCents: 39_250, paidCents: 39_250 }]);
    // It was for the first invoice alone.
    expect((await getPayment(admin, {})).next).toMatchObject({ totalCents: 78_500, discountCents: 0 });
  });

  it("is a success where a code leaves nothing to be paid (case 34)", async () => {
    const all = await shop.stripe.coupons.create({ percent_off: 100, duration: "forever" });
    await shop.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: all.id }, code: "FREE" });
    const sessionId = await sessionOf();
    setCode(shop.account.account, sessionId, "FREE");
    // The card is asked for all the same: a code may be for a while only.
    expect(pay(sessionId).payment_status).toBe("no_payment_required");
    expect(await confirmCheckout(admin, { sessionId })).toEqual({ standing: "paid" });
    expect(await projection()).toMatchObject({ plan: "pro", status: "active" });
  });

  it("ends that page at the next try, where ending it failed", async () => {
    const first = await sessionOf();
    shop.sandbox.faults.order({ operation: "POST /v1/checkout/sessions/{id}/expire", kind: "rate-limit" });
    await expect(beginCheckout(admin, { ...CHOICE, moreSeats: 0 })).rejects.toMatchObject({ code: "Unavailable" });
    expect((await shop.stripe.checkout.sessions.retrieve(first)).status).toBe("open");
    await beginCheckout(admin, { ...CHOICE, moreSeats: 0 });
    expect((await shop.stripe.checkout.sessions.retrieve(first)).status).toBe("expired");
  });

  it("is refused when the page of another choice was paid meanwhile", async () => {
    pay(await sessionOf());
    await expect(beginCheckout(admin, { ...CHOICE, moreSeats: 0 })).rejects.toMatchObject({ code: "Conflict" });
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ plan: "pro", addOns: ["incident"], seats: 13, status: "active" });
  });

  it("is refused to a tenant that has a plan, which it changes instead (case 38)", async () => {
    pay(await sessionOf());
    await refreshPlan(admin, {});
    await expect(beginCheckout(admin, CHOICE)).rejects.toMatchObject({ code: "PreconditionFailed" });
  });

  it("is refused to a tenant whose plan was granted by hand", async () => {
    const expiresAt = new Date(Date.now() + 86_400_000);
    const grant = { plan: "pro" as const, addOns: [], moreSeats: 0, reason: "A pilot", expiresAt };
    await overridePlan(admin, grant);
    await expect(beginCheckout(admin, CHOICE)).rejects.toMatchObject({ code: "PreconditionFailed" });
    expect(await customers()).toEqual([]);
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin" && role !== "tenant_admin"))(
    "is refused to a %s before anything is made at the seller",
    async (role) => {
      await expect(beginCheckout(as[role], CHOICE)).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(as[role], "billing.change");
      expect(await customers()).toEqual([]);
    },
  );

  it.each([
    ["a plan that is not sold here", { plan: "internal" }],
    ["an amount (case 37)", { cents: 1 }],
    ["a price (case 37)", { price: "price_1" }],
    ["seats below none", { moreSeats: -1 }],
    ["half a seat", { moreSeats: 1.5 }],
    ["an add-on that there is not", { addOns: ["gold"] }],
  ])("is refused for %s, and leaves no receipt", async (_what, over) => {
    const before = await countReceipts(admin);
    await expect(beginCheckout(admin, { ...CHOICE, ...over } as never)).rejects.toMatchObject({ code: "Invalid" });
    expect(await countReceipts(admin)).toBe(before);
  });
});

describe("billing.confirm", () => {
  it("opens what was paid before any webhook came (case 29), and once more changes nothing (cases 30 and 47)", async () => {
    const sessionId = await sessionOf();
    expect(await confirmCheckout(admin, { sessionId })).toEqual({ standing: "open" });
    expect(await projection()).toBeNull();
    pay(sessionId);
    expect(await confirmCheckout(admin, { sessionId })).toEqual({ standing: "paid" });
    expect(await projection()).toMatchObject({ plan: "pro", status: "active" });
    const before = await countReceipts(admin);
    expect(await confirmCheckout(admin, { sessionId })).toEqual({ standing: "paid" });
    expect(await countReceipts(admin)).toBe(before);
    expect((await sessions())[0]?.status).toBe("complete");
  });

  it("begins a subscription whose prorations are made the newer way (case 74)", async () => {
    pay(await sessionOf());
    const [{ id } = { id: "" }] = await customers();
    const { data } = await shop.stripe.subscriptions.list({ customer: id });
    expect(data.map(({ billing_mode: mode }) => mode.type)).toEqual(["flexible"]);
  });

  it("does not find another tenant's session, whoever paid it (case 32)", async () => {
    const sessionId = await sessionOf();
    pay(sessionId);
    const { as: others } = await planlessTenantWith(db.database, ["tenant_admin"]);
    const confirm = () => confirmCheckout(others.tenant_admin, { sessionId });
    await expect(confirm()).rejects.toMatchObject({ code: "NotFound" });
    await beginCheckout(others.tenant_admin, CHOICE);
    await expect(confirm()).rejects.toMatchObject({ code: "NotFound" });
    const theirs = await withTenant(others.tenant_admin, (tx) =>
      standingOf(tx, others.tenant_admin.tenantId, new Date()),
    );
    expect(theirs.projection).toBeNull();
  });

  it.each([["cs_test_nobody"], ["nonsense"], ["cs_"]])("does not take %s for a session", async (sessionId) => {
    await beginCheckout(admin, CHOICE);
    await expect(confirmCheckout(admin, { sessionId })).rejects.toMatchObject({
      code: expect.stringMatching(/NotFound|Invalid/) as string,
    });
  });

  it("does not call a session missing when the seller does not answer: what was paid is found later", async () => {
    const sessionId = await sessionOf();
    pay(sessionId);
    shop.sandbox.faults.order({ operation: "GET /v1/checkout/sessions/{id}", kind: "rate-limit" });
    await expect(confirmCheckout(admin, { sessionId })).rejects.toMatchObject({ code: "Unavailable" });
    expect(await confirmCheckout(admin, { sessionId })).toEqual({ standing: "paid" });
  });

  it("tells of a session that has ended, after which another may be begun (case 35)", async () => {
    const sessionId = await sessionOf();
    await shop.stripe.checkout.sessions.expire(sessionId);
    expect(await confirmCheckout(admin, { sessionId })).toEqual({ standing: "expired" });
    expect(await sessionOf()).not.toBe(sessionId);
  });
});

describe("billing.portal", () => {
  it("opens our own configuration of the portal, with a receipt", async () => {
    await beginCheckout(admin, CHOICE);
    const { url } = await openPortal(admin, {});
    expect(url).toContain(shop.sandbox.url);
    await expectReceipt(admin, "billing.portal", `tenant:${admin.tenantId}`);
  });

  it("says that the seller does not answer, and opens at the next try", async () => {
    await beginCheckout(admin, CHOICE);
    shop.sandbox.faults.order({ operation: "POST /v1/billing_portal/sessions", kind: "rate-limit" });
    await expect(openPortal(admin, {})).rejects.toMatchObject({ code: "Unavailable" });
    expect((await openPortal(admin, {})).url).toContain(shop.sandbox.url);
  });

  it("has nothing to show to a tenant that never bought, and is refused to an operator", async () => {
    await expect(openPortal(admin, {})).rejects.toMatchObject({ code: "PreconditionFailed" });
    await beginCheckout(admin, CHOICE);
    await expect(openPortal(as.operator, {})).rejects.toMatchObject({ code: "Forbidden" });
  });

  it("cancels to the period's end, and all is open until then (cases 56 and 107)", async () => {
    pay(await sessionOf());
    await refreshPlan(admin, {});
    const [customer] = await withTenant(admin, (tx) =>
      tx.select().from(billingCustomers).where(eq(billingCustomers.tenantId, admin.tenantId)),
    );
    const { data } = await shop.stripe.subscriptions.list({ customer: customer?.id ?? "" });
    await shop.stripe.subscriptions.update(data[0]?.id ?? "", { cancel_at_period_end: true });
    expect(await refreshPlan(admin, {})).toEqual({ isChanged: true });
    const { projection: now, access } = await withTenant(admin, (tx) => standingOf(tx, admin.tenantId, new Date()));
    expect(now).toMatchObject({ status: "active", cancelAtPeriodEnd: true });
    expect(access.mayStartRuns).toBe(true);
    await shop.stripe.subscriptions.update(data[0]?.id ?? "", { cancel_at_period_end: false });
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ cancelAtPeriodEnd: false, endsAt: null });
  });
});
