import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { accessOf, excessOf } from "./access";
import { project, type Projected, type Refetched } from "./project";
import type { Projection } from "./projection";
import type {
  DeletedStripeCustomer,
  StripeCustomer,
  StripeInvoice,
  StripeItem,
  StripeSubscription,
} from "./stripe-objects";

const NOW = new Date("2026-11-26T12:00:00Z");
const S = NOW.getTime() / 1000;
const DAY = 86_400;
const EXPECTED = { tenantId: "ten_a", deployment: "eu-1", livemode: true, previous: null };

// Compiles only for as long as what Stripe's SDK answers is what is read.
const asRead = (
  subscription: Stripe.Subscription,
  invoice: Stripe.Invoice,
  customer: Stripe.Customer,
  deleted: Stripe.DeletedCustomer,
): [StripeSubscription, StripeInvoice, Pick<StripeCustomer, "id" | "livemode" | "metadata">, DeletedStripeCustomer] => [
  ...([subscription, invoice, customer, deleted] as const),
];

const item = (key: string, over: Partial<StripeItem> = {}): StripeItem => ({
  ...{ id: `si_${key}`, price: { id: `price_${key}`, lookup_key: `conductor_${key}_v1`, metadata: {} } },
  ...{ quantity: 1, current_period_end: S + 10 * DAY, ...over },
});
const metered = (key: string): StripeItem => {
  const { quantity: _quantity, ...rest } = item(key);
  return rest;
};
const PRO = [item("pro_base"), item("pro_seat", { quantity: 4 }), metered("pro_usage")];

const subscription = (over: Partial<StripeSubscription> & { of?: StripeItem[] } = {}): StripeSubscription => {
  const { of = PRO, ...rest } = over;
  return {
    ...{ id: "sub_1", created: S - 60 * DAY, livemode: true, status: "active", items: { data: of, has_more: false } },
    ...{ cancel_at: null, cancel_at_period_end: false, ended_at: null, trial_end: null, pause_collection: null },
    ...{ metadata: {}, ...rest },
  };
};

const invoice = (over: Partial<StripeInvoice> & { of?: string } = {}): StripeInvoice => {
  const { of = "sub_1", ...rest } = over;
  return {
    ...{ id: "in_1", created: S - 2 * DAY, status: "open", amount_paid: 0, attempt_count: 1 },
    ...{ collection_method: "charge_automatically", due_date: null },
    ...{ status_transitions: { finalized_at: S - 2 * DAY }, parent: { subscription_details: { subscription: of } } },
    ...rest,
  };
};
const paid = (over: Parameters<typeof invoice>[0] = {}) => invoice({ status: "paid", amount_paid: 49_900, ...over });

const customer = (over: Partial<StripeCustomer> = {}): StripeCustomer => ({
  ...{ id: "cus_1", livemode: true, metadata: { tenant_id: "ten_a", deployment: "eu-1" }, ...over },
});

const ask = (
  fetched: Partial<Omit<Refetched, "subscriptions">> & { subscriptions?: StripeSubscription[] },
  previous: Projection | null = null,
  now = NOW,
) =>
  project(
    { customer: customer(), subscriptions: [subscription()], invoices: [paid()], disputes: [], ...fetched },
    { ...EXPECTED, previous },
    now,
  );

function projected(answer: Projected): Projection {
  if (answer.kind !== "projected" || answer.projection === null) throw new Error(JSON.stringify(answer));
  return answer.projection;
}
const of = (over: Parameters<typeof subscription>[0], invoices = [paid()], previous: Projection | null = null) =>
  projected(ask({ subscriptions: [subscription(over)], invoices }, previous));
const inDays = (count: number) => new Date(NOW.getTime() + count * DAY * 1000);

describe("what a customer at Stripe comes to", () => {
  it("is its plan, add-ons, seats, limits and period", () => {
    expect(asRead).toBeTypeOf("function");
    expect(of({ of: [...PRO, item("pro_incident")] })).toEqual({
      ...{ source: "stripe", plan: "pro", addOns: ["incident"], seats: 14, status: "active", statusSince: NOW },
      ...{ graceUntil: null, periodEnd: inDays(10), cancelAtPeriodEnd: false, endsAt: null, endedAt: null },
      limits: {
        ...{ seats: 14, runsPerMonth: 1_000_000, concurrentRuns: 100, wuIncluded: 100_000, wuCap: null },
        retentionMonths: 12,
      },
      ...{ catalogueVersion: 1, previous: null },
    });
  });

  it("47: is the same when asked again, whoever asks and however often", () => {
    const once = of({ status: "past_due" }, [invoice()]);
    expect(
      projected(ask({ subscriptions: [subscription({ status: "past_due" })], invoices: [invoice()] }, once, inDays(1))),
    ).toEqual(once);
  });

  it("is nothing for a customer who never bought", () => {
    expect(ask({ subscriptions: [] })).toEqual({ kind: "projected", projection: null, findings: [], toCancel: [] });
  });
});

describe("statuses", () => {
  const before = of({});

  it("48: an incomplete purchase keeps what was before, also when looked at twice", () => {
    const bought = { status: "incomplete", of: [item("enterprise_base")] };
    const once = of(bought, [], before);
    expect(once).toMatchObject({ status: "incomplete", plan: "enterprise", previous: before });
    expect(of(bought, [], once)).toEqual(once);
    expect([...accessOf(once, NOW).features]).toEqual([...accessOf(before, NOW).features]);
    expect(accessOf(of(bought, []), NOW)).toMatchObject({ features: new Set(), mayStartRuns: true });
  });

  it("48: a purchase that was completed forgets what was before", () => {
    const waiting = of({ status: "incomplete" }, [], before);
    expect(of({ status: "active" }, [paid()], waiting).previous).toBeNull();
  });

  it("49: one that expired is over, and does not hide a plan that ended later than it", () => {
    expect(accessOf(of({ status: "incomplete_expired" }), NOW)).toMatchObject({ mayStartRuns: false });
    const ended = subscription({ id: "sub_0", status: "canceled", ended_at: S - 3 * DAY });
    const both = projected(ask({ subscriptions: [subscription({ status: "incomplete_expired" }), ended] }));
    expect(both).toMatchObject({ status: "canceled", endedAt: inDays(-3) });
  });

  it.each([
    ["trialing", [], 5],
    ["past_due", [invoice()], 5],
    ["paused", [], 5],
    ["active", [paid()], 14],
    ["past_due", [paid({ id: "in_0" }), invoice()], 14],
  ])(
    "50: after a trial, %s with %o seats: its limits are the trial's until something was paid",
    (status, invoices, seats) => {
      expect(of({ status, trial_end: S - DAY }, invoices).seats).toBe(seats);
    },
  );

  it("50: a trial that was cancelled is cancelled", () => {
    expect(of({ status: "canceled", trial_end: S - DAY, ended_at: S - DAY }).endedAt).toEqual(inDays(-1));
  });

  it.each([
    ["the first try", [invoice()], 5],
    ["the third try", [invoice({ attempt_count: 3, created: S })], 5],
    [
      "two invoices, the older of them",
      [invoice({ id: "in_2", status_transitions: { finalized_at: S } }), invoice()],
      5,
    ],
    [
      "an invoice of another subscription beside it",
      [invoice(), invoice({ of: "sub_9", status_transitions: { finalized_at: 0 } })],
      5,
    ],
    ["an old one that was paid", [invoice(), paid({ status_transitions: { finalized_at: 0 } })], 5],
    ["an old one that is void", [invoice(), invoice({ status: "void", status_transitions: { finalized_at: 0 } })], 5],
    [
      "a draft beside it",
      [invoice(), invoice({ status: "draft", attempt_count: 0, status_transitions: { finalized_at: null } })],
      5,
    ],
    ["no invoice to be seen", [], 7],
  ])("51: grace is seven days from the first failure: %s", (_what, invoices, left) => {
    expect(of({ status: "past_due" }, invoices).graceUntil).toEqual(inDays(left));
  });

  it("51: grace that is known is not begun anew where no invoice shows it", () => {
    const known = { ...of({ status: "past_due" }, [invoice()]), graceUntil: inDays(2) };
    expect(of({ status: "past_due" }, [], known).graceUntil).toEqual(inDays(2));
  });

  it("52: a payment ends grace at once, and the next failure begins another", () => {
    const late = of({ status: "past_due" }, [invoice()]);
    const recovered = of({}, [paid()], late);
    expect(recovered.graceUntil).toBeNull();
    const again = [paid(), invoice({ id: "in_2", status_transitions: { finalized_at: S } })];
    expect(of({ status: "past_due" }, again, recovered).graceUntil).toEqual(inDays(7));
  });

  it.each([
    ["unpaid", {}, false],
    ["canceled", { ended_at: S }, false],
  ])("53: past due becomes %s, by the settings of the account", (status, over, mayStartRuns) => {
    const late = of({ status: "past_due" }, [invoice()]);
    expect(accessOf(of({ status, ...over }, [invoice()], late), NOW)).toMatchObject({ mayStartRuns });
  });

  it("54: unpaid is read-only, and active again once an invoice was paid", () => {
    const unpaid = of({ status: "unpaid" }, [
      invoice({ status: "uncollectible", status_transitions: { finalized_at: S - 30 * DAY } }),
    ]);
    expect(accessOf(unpaid, NOW).readOnlySince).not.toBeNull();
    expect(accessOf(of({}, [paid()], unpaid), NOW)).toMatchObject({ readOnlySince: null, mayStartRuns: true });
  });

  it("55: paused is read-only; collection that is paused changes nothing but is told", () => {
    expect(accessOf(of({ status: "paused" }), NOW).mayStartRuns).toBe(false);
    const answer = ask({ subscriptions: [subscription({ pause_collection: { behavior: "void" } })] });
    expect(answer).toMatchObject({ findings: [{ reason: "collection-paused", detail: "sub_1" }] });
    expect(accessOf(projected(answer), NOW)).toMatchObject({ mayStartRuns: true, banner: null });
  });

  it("104: a disputed payment is told and closes nothing; one that was taken back leaves the plan to be read, until money comes", () => {
    const disputed = { id: "du_1", status: "needs_response", openedAt: S - DAY, chargedAt: S - 2 * DAY };
    const open = ask({ disputes: [disputed] });
    expect(open).toMatchObject({ findings: [{ reason: "payment-disputed", detail: "du_1" }] });
    expect(accessOf(projected(open), NOW)).toMatchObject({ mayStartRuns: true, banner: null });
    const disputes = [{ ...disputed, status: "lost" }];
    const lost = ask({ disputes });
    expect(lost).toMatchObject({ findings: [{ reason: "dispute-lost", detail: "du_1" }] });
    expect(accessOf(projected(lost), NOW)).toMatchObject({ mayStartRuns: false, readOnlySince: NOW });
    const again = ask({ disputes, invoices: [paid(), paid({ id: "in_2", created: S })] }, projected(lost));
    expect(again).toMatchObject({ findings: [], projection: { status: "active" } });
    const ended = ask({ disputes, subscriptions: [subscription({ status: "canceled", ended_at: S - DAY })] });
    expect(projected(ended).status).toBe("canceled");
  });

  it("56: cancelled to the period's end and taken up again before it, it goes on", () => {
    const cancelled = of({ cancel_at_period_end: true });
    expect(cancelled).toMatchObject({ cancelAtPeriodEnd: true, endsAt: inDays(10) });
    const again = of({}, [paid()], cancelled);
    expect(again).toMatchObject({ cancelAtPeriodEnd: false, endsAt: null });
    expect(accessOf(again, inDays(11)).mayStartRuns).toBe(true);
  });

  it("57: ends at the date that was set, and access ends when it ended, not when it was cancelled", () => {
    expect(of({ cancel_at: S + 3 * DAY }).endsAt).toEqual(inDays(3));
    const ended = of({ status: "canceled", ended_at: S - DAY });
    expect(accessOf(ended, NOW).exportUntil).toEqual(inDays(29));
  });

  it("58: cancelled at once, it is over at once, whatever invoices are open", () => {
    expect(accessOf(of({ status: "canceled", ended_at: S }, [invoice()]), NOW)).toMatchObject({
      ...{ features: new Set(), mayStartRuns: false, readOnlySince: NOW },
    });
  });

  it("59: a deleted customer has nothing, from the first look on, and is told", () => {
    const gone = { customer: { id: "cus_1", deleted: true as const }, subscriptions: [] };
    const once = ask(gone, before);
    expect(once).toMatchObject({ findings: [{ reason: "customer-deleted", detail: "cus_1" }] });
    expect(projected(once)).toMatchObject({ status: "canceled", endedAt: NOW });
    expect(ask(gone, projected(once), inDays(5))).toMatchObject({ projection: { endedAt: NOW } });
    expect(ask(gone)).toMatchObject({ projection: null });
  });

  it.each([
    [
      "60: a customer of another tenant",
      { customer: customer({ metadata: { tenant_id: "ten_b" } }) },
      "foreign-tenant",
    ],
    ["16: another deployment's", { customer: customer({ metadata: { deployment: "us-1" } }) }, "foreign-deployment"],
    ["15: one of tests", { customer: customer({ livemode: false }) }, "live-and-test"],
    [
      "16: another deployment's subscription",
      { subscriptions: [subscription({ metadata: { deployment: "us-1" } })] },
      "foreign-deployment",
    ],
    [
      "61: made by hand, at a price of nobody's",
      { subscriptions: [subscription({ of: [item("gold_base")] })] },
      "unknown-price",
    ],
    [
      "62: two plans",
      { subscriptions: [subscription({ of: [item("pro_base"), item("standard_base")] })] },
      "two-plans",
    ],
    [
      "62: a plan and what nobody knows",
      { subscriptions: [subscription({ of: [...PRO, item("pro_gold")] })] },
      "unknown-price",
    ],
    ["62: the same item twice", { subscriptions: [subscription({ of: [...PRO, item("pro_seat")] })] }, "item-twice"],
    [
      "62: a plan twice over",
      { subscriptions: [subscription({ of: [item("pro_base", { quantity: 2 })] })] },
      "quantity",
    ],
    [
      "62: seats of another plan",
      { subscriptions: [subscription({ of: [item("pro_base"), item("standard_seat")] })] },
      "mixed-plans",
    ],
    [
      "62: a list that was cut short",
      { subscriptions: [subscription({ items: { data: PRO, has_more: true } })] },
      "list-cut-short",
    ],
    ["81: an add-on alone", { subscriptions: [subscription({ of: [item("pro_incident")] })] }, "add-on-without-plan"],
  ] as [string, Parameters<typeof ask>[0], string][])(
    "%s is quarantined, and nothing changes",
    (_what, fetched, reason) => {
      expect(ask(fetched, before)).toMatchObject({ kind: "quarantined", finding: { reason } });
    },
  );

  it("61: made by hand at a known price, it counts", () => {
    expect(projected(ask({ customer: customer({ metadata: {} }) })).plan).toBe("pro");
  });

  const second = subscription({ id: "sub_2", created: S - DAY, of: [item("enterprise_base")] });
  it.each([
    ["both paid: the older", [paid(), paid({ of: "sub_2" })], "sub_1", "sub_2"],
    ["only the newer paid: the newer", [paid({ of: "sub_2" })], "sub_2", "sub_1"],
    ["none paid: the older", [], "sub_1", "sub_2"],
    ["the older for nothing: the newer", [paid({ amount_paid: 0 }), paid({ of: "sub_2" })], "sub_2", "sub_1"],
  ])("63: of two live subscriptions, %s stays, and the other is to be cancelled", (_what, invoices, keep, cancel) => {
    for (const subscriptions of [
      [subscription(), second],
      [second, subscription()],
    ]) {
      const answer = ask({ subscriptions, invoices });
      expect(answer).toMatchObject({ toCancel: [cancel], findings: [{ reason: "several-subscriptions" }] });
      expect(projected(answer).plan).toBe(keep === "sub_1" ? "pro" : "enterprise");
    }
  });

  it("63: one that ended or waits beside a live one is no second one", () => {
    const others = ["canceled", "incomplete_expired", "incomplete"].map((status) =>
      subscription({ id: status, status }),
    );
    expect(ask({ subscriptions: [...others, subscription()] })).toMatchObject({ toCancel: [], findings: [] });
  });

  it.each([
    ["before it is due", S + DAY, 0, { status: "active" }, null],
    ["after it was due", S - DAY, 0, { status: "past_due" }, 6],
  ])("64: an invoice that is sent, %s", (_what, due_date, attempt_count, over, left) => {
    const sent = invoice({ collection_method: "send_invoice", due_date, attempt_count });
    expect(of(over, [sent]).graceUntil).toEqual(left === null ? null : inDays(left));
    expect(accessOf(of(over, [sent]), NOW).mayStartRuns).toBe(true);
  });

  it("65: a status that nobody knows restricts, and an operator is told", () => {
    const answer = ask({ subscriptions: [subscription({ status: "hibernating" })] });
    expect(answer).toMatchObject({ findings: [{ reason: "unknown-status", detail: "sub_1: hibernating" }] });
    expect(accessOf(projected(answer), NOW)).toMatchObject({
      mayStartRuns: false,
      alert: 'unknown status "hibernating"',
    });
  });
});

describe("changes of plan", () => {
  it("69–71: what a schedule or a pending update intends counts only once it is what is bought", () => {
    const intends = { schedule: "sub_sched_1", pending_update: { subscription_items: [item("standard_base")] } };
    const { plan } = projected(ask({ subscriptions: [{ ...subscription(), ...intends }] }));
    expect(plan).toBe("pro");
    expect(of({ of: [item("standard_base")] }).plan).toBe("standard");
  });

  it("72, 80: fewer seats than members: those beyond are marked, and none is taken", () => {
    const { limits } = of({ of: [item("pro_base")] });
    expect(excessOf(limits, { seats: 25 })).toEqual([{ limit: "seats", allowed: 10, used: 25, excess: 15 }]);
  });

  it("81: an add-on comes and goes within a period, and goes with its plan", () => {
    const withAddOn = of({ of: [...PRO, item("pro_compliance")] });
    expect(withAddOn.addOns).toEqual(["compliance"]);
    expect(of({}, [paid()], withAddOn).addOns).toEqual([]);
    const ended = of({ of: [...PRO, item("pro_compliance")], status: "canceled", ended_at: S }, [], withAddOn);
    expect(accessOf(ended, NOW).features.size).toBe(0);
  });

  it("82: a price whose lookup key has moved on stands for what it was made as", () => {
    const old = { id: "price_old", lookup_key: null, metadata: { conductor_price: "conductor_pro_base_v1" } };
    expect(of({ of: [item("pro_base", { price: old })] })).toMatchObject({ plan: "pro", catalogueVersion: 1 });
    const moved = { ...old, lookup_key: "conductor_enterprise_base_v1" };
    expect(of({ of: [item("pro_base", { price: moved })] }).plan).toBe("pro");
  });

  it("83: an archived price on a live subscription counts, and a price that is gone ends nothing that has ended", () => {
    const archived = { ...item("pro_base").price, active: false };
    expect(of({ of: [item("pro_base", { price: archived })] }).plan).toBe("pro");
    expect(of({ of: [item("gold_base")], status: "canceled", ended_at: S })).toMatchObject({
      plan: null,
      endedAt: NOW,
    });
  });
});
