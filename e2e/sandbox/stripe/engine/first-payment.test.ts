import { describe, expect, it } from "vitest";
import { firstPayment, type PaymentBehavior, statusAtStart } from "./first-payment";
import type { ChargeOutcome } from "./test-cards";

describe("a subscription before its first payment", () => {
  it.each([
    ["trialing in a trial", true, 0, "charge_automatically", "trialing"],
    ["incomplete while a charge is due", false, 100, "charge_automatically", "incomplete"],
    ["active when nothing is due", false, 0, "charge_automatically", "active"],
    ["active when an invoice is sent", false, 100, "send_invoice", "active"],
  ] as const)("is %s", (_, isTrial, dueCents, collection, status) => {
    expect(statusAtStart({ isTrial, dueCents, collection })).toBe(status);
  });
});

describe("a first payment", () => {
  const succeeds: ChargeOutcome = { kind: "succeeds" };
  const action: ChargeOutcome = { kind: "needs-action" };
  const declined: ChargeOutcome = { kind: "declined", code: "card_declined", declineCode: "x", message: "" };
  it.each<[PaymentBehavior, ChargeOutcome, string]>([
    ["allow_incomplete", succeeds, "paid"],
    ["allow_incomplete", declined, "left-open"],
    ["allow_incomplete", action, "left-open"],
    ["error_if_incomplete", succeeds, "paid"],
    ["error_if_incomplete", declined, "refused"],
    ["error_if_incomplete", action, "refused"],
    ["default_incomplete", succeeds, "left-open"],
  ])("under %s with %j is %s", (behavior, outcome, expected) => {
    expect(firstPayment(behavior, outcome)).toBe(expected);
  });
});
