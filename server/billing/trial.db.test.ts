import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entitlementTrials } from "@/db/schema";
import { makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { completeSession } from "@/e2e/sandbox/stripe/objects/checkout-completion";
import { standingOf } from "@/server/entitlements";
import { must } from "@/server/kernel/errors";
import { createTenant } from "@/server/tenants";
import { findMembership, userContext } from "@/server/testing/actors";
import { expectReceipt } from "@/server/testing/records";
import type { TenantContext, UserContext } from "@/server/verb";
import { beginCheckout, getPlan, refreshPlan } from "./index";
import { placeSeller } from "./seller";
import { useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));

const person = async () => userContext(db.database, await makeUser(db.database));
async function found(founder: UserContext): Promise<TenantContext> {
  const slug = unique("trial");
  await createTenant(founder, { name: "Trial", slug });
  return must(await findMembership(founder, slug), "the founder is a member");
}
const trials = (ctx: TenantContext) =>
  withTenant(ctx, (tx) => tx.select().from(entitlementTrials).where(eq(entitlementTrials.tenantId, ctx.tenantId)));
const standing = (ctx: TenantContext, now = new Date()) => withTenant(ctx, (tx) => standingOf(tx, ctx.tenantId, now));

describe("a trial", () => {
  it("begins with a tenant, by the server's own decision, and is on record (cases 44 and 45)", async () => {
    const admin = await found(await person());
    expect((await standing(admin)).projection).toMatchObject({ source: "trial", plan: "standard", status: "trialing" });
    const told = await getPlan(admin, {});
    expect(told).toMatchObject({ plan: { source: "trial" }, sale: { whyNot: null }, mayStartRuns: true });
    expect(told.banner?.title).toContain("in 14 days");
    await expectReceipt(admin, "tenant.create", `tenant:${admin.tenantId}`);
  });

  it("begins once for a person, however many tenants they found (case 45)", async () => {
    const founder = await person();
    const [first, second] = [await found(founder), await found(founder)];
    expect([(await trials(first)).length, (await trials(second)).length]).toEqual([1, 0]);
    expect((await standing(second)).projection).toBeNull();
  });

  it("does not begin where nothing is sold", async () => {
    placeSeller(undefined);
    const admin = await found(await person());
    placeSeller(shop.seller);
    expect(await trials(admin)).toEqual([]);
  });

  it("ends when a plan is bought, and does not come back when that ends (case 76)", async () => {
    const admin = await found(await person());
    await beginCheckout(admin, { plan: "pro", addOns: [], moreSeats: 0 });
    const { data } = await shop.stripe.checkout.sessions.list({ limit: 1, status: "open" });
    completeSession(shop.account.account, data[0]?.id ?? "", "4242424242424242");
    await refreshPlan(admin, {});
    expect((await standing(admin)).projection).toMatchObject({ source: "stripe", plan: "pro", status: "active" });
    const { data: living } = await shop.stripe.subscriptions.list({ limit: 1 });
    await shop.stripe.subscriptions.cancel(living[0]?.id ?? "");
    await refreshPlan(admin, {});
    expect((await standing(admin)).projection).toMatchObject({ source: "stripe", status: "canceled" });
  });

  it("pauses after fourteen days, with all that is there to be read", async () => {
    const admin = await found(await person());
    const { projection, access } = await standing(admin, new Date(Date.now() + 15 * 86_400_000));
    expect(projection).toMatchObject({ source: "trial", status: "paused" });
    expect(access).toMatchObject({ mayStartRuns: false, banner: { tone: "bad" } });
  });
});
