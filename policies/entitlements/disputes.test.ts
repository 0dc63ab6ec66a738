import { describe, expect, it } from "vitest";
import { type Disputed, lostDisputes, openDisputes } from "./disputes";
import type { StripeInvoice, StripeSubscription } from "./stripe-objects";

const subscription: StripeSubscription = {
  ...{ id: "sub_1", created: 1_000, livemode: false, status: "active", items: { data: [], has_more: false } },
  ...{ cancel_at: null, cancel_at_period_end: false, ended_at: null, trial_end: null, pause_collection: null },
  metadata: {},
};
const dispute = (over: Partial<Disputed> = {}): Disputed => ({
  ...{ id: "du_1", status: "needs_response", openedAt: 2_000, chargedAt: 1_000, ...over },
});
const invoice = (over: Partial<StripeInvoice> = {}): StripeInvoice => ({
  ...{ id: "in_1", created: 3_000, status: "paid", amount_paid: 100, attempt_count: 1, due_date: null },
  ...{ collection_method: "charge_automatically", status_transitions: { finalized_at: null } },
  ...{ parent: { subscription_details: { subscription: "sub_1" } }, ...over },
});

describe("a dispute", () => {
  it.each([
    ...(["needs_response", "under_review", "warning_needs_response", "a word of another release"] as const).map(
      (status) => [status, "open"] as const,
    ),
    ...(["won", "warning_closed", "prevented"] as const).map((status) => [status, "over"] as const),
    ["lost", "lost"] as const,
  ])("104: that is %s is %s", (status, standing) => {
    const all = [dispute({ status })];
    expect([openDisputes(subscription, all).length, lostDisputes(subscription, all, []).length]).toEqual(
      standing === "open" ? [1, 0] : standing === "lost" ? [0, 1] : [0, 0],
    );
  });

  it("104: about what was charged before the subscription is no matter of it", () => {
    expect(openDisputes(subscription, [dispute({ chargedAt: 999 })])).toEqual([]);
    expect(lostDisputes(subscription, [dispute({ status: "lost", chargedAt: 999 })], [])).toEqual([]);
  });

  it.each([
    ["an invoice made since", invoice(), []],
    ["an invoice from before", invoice({ created: 1_500 }), ["du_1"]],
    ["one of another subscription", invoice({ parent: { subscription_details: { subscription: "sub_2" } } }), ["du_1"]],
    ["one that is open", invoice({ status: "open" }), ["du_1"]],
    ["one of nothing", invoice({ amount_paid: 0 }), ["du_1"]],
  ])("104: that was lost counts unless money came since: %s", (_what, each, left) => {
    expect(lostDisputes(subscription, [dispute({ status: "lost" })], [each]).map(({ id }) => id)).toEqual(left);
  });
});
