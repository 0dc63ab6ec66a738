import { describe, expect, it } from "vitest";
import { accessOf } from "./access";
import { effectiveProjection } from "./effective";
import { limitsOfPlan, type Projection } from "./projection";
import { trialProjection } from "./trial";

const NOW = new Date("2026-03-01T00:00:00Z");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const trial = { plan: "standard" as const, catalogueVersion: 1, startedAt: NOW, endsAt: days(14) };
const at = (now: Date) => trialProjection(trial, now);
const accessAt = (now: Date) => accessOf(at(now), now);

const bought = (over: Partial<Projection>): Projection => ({
  ...{ source: "stripe", plan: "pro", addOns: [], seats: 10, status: "active", statusSince: NOW, graceUntil: null },
  ...{ periodEnd: days(30), cancelAtPeriodEnd: false, endsAt: null, endedAt: null, previous: null },
  ...{ limits: limitsOfPlan("pro", [], 0, 1), catalogueVersion: 1, ...over },
});
const counts = (over: Partial<Projection>, now = NOW) =>
  effectiveProjection({ override: null, licence: null, bought: bought(over), trial: at(now) }, now);

describe("a trial without a card (case 44)", () => {
  it("has the plan within the limits of a trial, and says how many days are left from its first one", () => {
    expect(accessAt(NOW)).toMatchObject({
      mayStartRuns: true,
      limits: { seats: 3, runsPerMonth: 1_000, wuCap: 10_000 },
    });
    expect(accessAt(NOW).features.has("public-api")).toBe(true);
    expect(accessAt(NOW).banner?.title).toBe("The trial ends on 2026-03-15, in 14 days");
    expect(accessAt(new Date(days(13).getTime() + 1)).banner?.title).toBe("The trial ends on 2026-03-15, in 1 day");
  });

  it("pauses at its end: all can be read, no run starts, and nothing is lost (case 50)", () => {
    const over = accessAt(days(14));
    expect(over).toMatchObject({ mayStartRuns: false, readOnlySince: days(14), exportUntil: null });
    expect(over.banner?.text).toContain("The trial ended on 2026-03-15: choose a plan");
    expect(accessAt(days(400))).toMatchObject({ readOnlySince: days(14) });
  });

  it("makes way for what is bought, at once and for good (case 76)", () => {
    expect(counts({})).toMatchObject({ source: "stripe", plan: "pro" });
    expect(counts({ status: "canceled", endedAt: days(1) }, days(1))).toMatchObject({
      source: "stripe",
      status: "canceled",
    });
  });

  it("counts on while a first payment is not through, or never came (cases 48 and 49)", () => {
    const waiting = counts({ status: "incomplete" });
    expect(waiting).toMatchObject({ status: "incomplete", previous: { source: "trial" } });
    expect(accessOf(waiting, NOW)).toMatchObject({ mayStartRuns: true, limits: { seats: 3 } });
    expect(counts({ status: "incomplete_expired" })).toMatchObject({ source: "trial", status: "trialing" });
  });
});
