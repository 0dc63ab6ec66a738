import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { billingEvents } from "@/db/schema";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withoutTenant } from "@/db/tenancy";
import { signatureHeader } from "@/e2e/sandbox/stripe/account/signature";
import { systemClock } from "@/server/kernel/clock";
import { memberContext } from "@/server/testing/actors";
import { countReceipts, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { answerWebhook } from "./index";
import { makeCustomer, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const [OLD, NEW] = [`whsec_${"o".repeat(32)}`, `whsec_${"n".repeat(32)}`];
let admin: TenantContext;
let customer: string;
let events = 0;

beforeEach(async () => {
  admin = await memberContext(db.database, await makeTenant(db.database, { plan: null }), { roles: ["tenant_admin"] });
  customer = await makeCustomer(db.database, shop, admin);
});

const eventNow = (over: Record<string, unknown> = {}, object: Record<string, unknown> = {}) => ({
  ...{ id: `evt_${process.pid}_${(events += 1)}`, object: "event", api_version: "2026-10-28.endive" },
  ...{ created: Math.floor(Date.now() / 1000), livemode: false, type: "customer.subscription.updated" },
  ...{ data: { object: { id: "sub_1", object: "subscription", customer, metadata: {}, ...object } }, ...over },
});
const now = () => Math.floor(Date.now() / 1000);
const headerOf = (body: string, secret = NEW, at = now()) => signatureHeader(body, [secret], at);

function post(body: string, header: string | null, over: Record<string, string> = {}) {
  const signed: Record<string, string> = header === null ? {} : { "stripe-signature": header };
  const headers = { "content-type": "application/json", ...signed, ...over };
  return answerWebhook(new Request("http://localhost:3000/api/stripe/webhook", { method: "POST", headers, body }), {
    ...{ database: db.database, clock: systemClock, seller: shop.seller, secrets: [NEW, OLD] },
  });
}
async function send(event: ReturnType<typeof eventNow>) {
  const body = JSON.stringify(event);
  const response = await post(body, headerOf(body));
  return { status: response.status, ...((await response.json()) as { duplicate?: boolean }) };
}
const kept = (id: string) =>
  withoutTenant(db, async (tx) => (await tx.select().from(billingEvents).where(eq(billingEvents.id, id)))[0] ?? null);
const asked = async () =>
  (await recordedEvents(db.ownerUrl, admin.tenantId)).filter((name) => name === "customer.touched");

describe("an event of Stripe", () => {
  it("is kept once, and its customer asked for, before anything is done about it (case 18)", async () => {
    const event = eventNow();
    expect(await send(event)).toMatchObject({ status: 200, duplicate: false });
    expect(await kept(event.id)).toMatchObject({ status: "waiting", customerId: customer });
    expect(await asked()).toHaveLength(1);
  });

  it("that comes again is a duplicate, and asks again only while it is not done (case 1)", async () => {
    const event = eventNow();
    await send(event);
    expect(await send(event)).toMatchObject({ status: 200, duplicate: true });
    expect(await asked()).toHaveLength(2);
    await withoutTenant(db, (tx) =>
      tx.update(billingEvents).set({ status: "done" }).where(eq(billingEvents.id, event.id)),
    );
    expect(await send(event)).toMatchObject({ status: 200, duplicate: true });
    expect(await asked()).toHaveLength(2);
  });

  it("is kept once when five deliveries race", async () => {
    const event = eventNow();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(event)));
    expect(answers.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it("is taken with either secret while they are being changed (case 10)", async () => {
    for (const secret of [OLD, NEW]) {
      const body = JSON.stringify(eventNow());
      expect((await post(body, headerOf(body, secret))).status).toBe(200);
    }
    const body = JSON.stringify(eventNow());
    expect((await post(body, signatureHeader(body, [`whsec_${"x".repeat(32)}`, NEW], now()))).status).toBe(200);
  });

  it.each([
    ["of live mode", { livemode: true }, {}, "quarantined", "live-and-test"],
    ["of another account", { account: "acct_other" }, {}, "quarantined", "foreign-account"],
    ["of another deployment", {}, { metadata: { deployment: "us.example.com" } }, "ignored", "foreign-deployment"],
    ["of a customer nobody here knows", {}, { customer: "cus_unknown" }, "quarantined", "unknown-customer"],
    ["of no customer", { type: "price.updated" }, { customer: null }, "ignored", "no-customer"],
  ])(
    "%s is kept with the reason, and asks for nothing (cases 15, 16, 22, 23)",
    async (_what, over, object, status, note) => {
      const event = eventNow(over, object);
      expect((await send(event)).status).toBe(200);
      expect(await kept(event.id)).toMatchObject({ status, note });
      expect(await asked()).toEqual([]);
    },
  );

  it("of another version of the API is taken all the same: what it carries is not read (case 20)", async () => {
    const event = { ...eventNow(), api_version: "2030-01-01.other" };
    expect(await send(event)).toMatchObject({ status: 200, duplicate: false });
    expect(await kept(event.id)).toMatchObject({ status: "waiting", apiVersion: "2030-01-01.other" });
    expect(await asked()).toHaveLength(1);
  });

  it("of a type that no release knows asks for its customer like any other (case 22)", async () => {
    expect((await send(eventNow({ type: "customer.something.new" }))).status).toBe(200);
    expect(await asked()).toHaveLength(1);
  });
});

describe("what nobody signed", () => {
  const body = JSON.stringify(eventNow());
  it.each([
    ["no signature (case 12)", () => post(body, null)],
    ["another secret", () => post(body, headerOf(body, `whsec_${"x".repeat(32)}`))],
    ["another scheme (case 13)", () => post(body, headerOf(body).replace("v1=", "v0="))],
    ["a body that was written anew (case 9)", () => post(JSON.stringify(JSON.parse(body), null, 2), headerOf(body))],
    ["a changed amount", () => post(body.replace("sub_1", "sub_2"), headerOf(body))],
    ["a signature of six minutes ago (cases 6 and 14)", () => post(body, headerOf(body, NEW, now() - 360))],
    ["a signature dated ahead (case 7)", () => post(body, headerOf(body, NEW, now() + 3_000))],
    ["nonsense", () => post(body, "nonsense")],
  ])("is refused with 400, keeps nothing and asks for nothing: %s", async (_what, ask) => {
    const receipts = await countReceipts(admin);
    expect((await ask()).status).toBe(400);
    const { id } = JSON.parse(body) as { id: string };
    expect(await kept(id)).toBeNull();
    expect(await countReceipts(admin)).toBe(receipts);
  });

  it.each([
    ["another content type (case 24)", () => post(body, headerOf(body), { "content-type": "text/plain" }), 415],
    ["more than a megabyte (case 24)", () => post(`${body}${" ".repeat(1_000_001)}`, headerOf(body)), 413],
  ])("is refused before it is read: %s", async (_what, ask, status) => {
    expect((await ask()).status).toBe(status);
  });

  it("is taken up to five minutes old, as retries are signed anew (case 8)", async () => {
    const event = JSON.stringify(eventNow());
    expect((await post(event, headerOf(event, NEW, now() - 290))).status).toBe(200);
  });

  it("is limited by its network, so that secrets are not tried out (case 24)", async () => {
    const from = { "x-forwarded-for": "203.0.113.77" };
    const answers: number[] = [];
    for (let nth = 0; nth < 31; nth += 1) answers.push((await post(body, "nonsense", from)).status);
    expect(answers.at(-1)).toBe(429);
  });
});
