import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accessOf, excessOf } from "./access";
import { limitsOfPlan, NO_LIMITS, type Projection } from "./projection";
import { isStatus, STATUS_ACCESS, STATUSES, TRIAL_CAPS } from "./status";

const NOW = new Date("2026-11-26T12:00:00Z");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

const pro = (over: Partial<Projection> = {}): Projection => ({
  ...{ source: "stripe", plan: "pro", addOns: ["incident"], seats: 12, status: "active", statusSince: days(-40) },
  ...{ graceUntil: null, periodEnd: days(10), cancelAtPeriodEnd: false, endsAt: null, endedAt: null },
  ...{ limits: limitsOfPlan("pro", ["incident"], 2, 1), catalogueVersion: 1, previous: null, ...over },
});

interface Expectation {
  hasPlan: boolean;
  runs: boolean;
  readOnlySince?: Date;
  banner?: RegExp;
  exportUntil?: Date;
}
const ROWS: readonly (readonly [string, Partial<Projection>, Expectation])[] = [
  ["active", {}, { hasPlan: true, runs: true }],
  ["trialing, early", { status: "trialing" }, { hasPlan: true, runs: true }],
  [
    "trialing, three days before its end",
    { status: "trialing", periodEnd: days(3) },
    { hasPlan: true, runs: true, banner: /trial ends on 2026-11-29/ },
  ],
  [
    "active, cancelled to the end of the period",
    { cancelAtPeriodEnd: true, endsAt: days(10) },
    { hasPlan: true, runs: true, banner: /ends on 2026-12-06/ },
  ],
  [
    "active past the end that nobody told of",
    { cancelAtPeriodEnd: true, endsAt: days(-1) },
    { hasPlan: false, runs: false, readOnlySince: days(-1), banner: /has ended/, exportUntil: days(29) },
  ],
  [
    "past due within grace",
    { status: "past_due", graceUntil: days(1) },
    { hasPlan: true, runs: true, banner: /payment failed/ },
  ],
  [
    "past due at the end of grace, to the millisecond",
    { status: "past_due", graceUntil: NOW },
    { hasPlan: true, runs: false, readOnlySince: NOW, banner: /read-only/ },
  ],
  [
    "past due without a failure on record",
    { status: "past_due", graceUntil: null, statusSince: days(-1) },
    { hasPlan: true, runs: false, readOnlySince: days(-1), banner: /read-only/ },
  ],
  [
    "unpaid, read-only since grace ended",
    { status: "unpaid", graceUntil: days(-20), statusSince: days(-2) },
    { hasPlan: true, runs: false, readOnlySince: days(-20), banner: /read-only/ },
  ],
  [
    "paused",
    { status: "paused", statusSince: days(-2) },
    { hasPlan: true, runs: false, readOnlySince: days(-2), banner: /read-only/ },
  ],
  [
    "incomplete, with a plan before",
    { status: "incomplete", plan: "enterprise", previous: pro() },
    { hasPlan: true, runs: true, banner: /not complete/ },
  ],
  [
    "incomplete, with nothing before",
    { status: "incomplete", previous: null },
    { hasPlan: false, runs: true, banner: /not complete/ },
  ],
  [
    "incomplete, after a plan that ended",
    { status: "incomplete", previous: pro({ status: "canceled", endedAt: days(-3) }) },
    { hasPlan: false, runs: false, readOnlySince: days(-3), banner: /has ended/, exportUntil: days(27) },
  ],
  [
    "incomplete and expired",
    { status: "incomplete_expired", statusSince: days(-1) },
    { hasPlan: false, runs: false, readOnlySince: days(-1), banner: /has ended/, exportUntil: days(29) },
  ],
  [
    "cancelled a week ago",
    { status: "canceled", endedAt: days(-7) },
    { hasPlan: false, runs: false, readOnlySince: days(-7), banner: /until 2026-12-19/, exportUntil: days(23) },
  ],
  [
    "cancelled 30 days ago",
    { status: "canceled", endedAt: days(-30) },
    { hasPlan: false, runs: false, readOnlySince: days(-30), banner: /for as long as it must/ },
  ],
  [
    "a status of another release",
    { status: "hibernating", statusSince: days(-1) },
    { hasPlan: true, runs: false, readOnlySince: days(-1), banner: /read-only/ },
  ],
];

describe("access", () => {
  it.each(ROWS)("%s", (_what, over, { hasPlan, runs, readOnlySince, banner, exportUntil }) => {
    const access = accessOf(pro(over), NOW);
    expect(access.features.has("sso")).toBe(hasPlan);
    expect(access.features.has("incident-automation")).toBe(hasPlan);
    expect(access.features.has("compliance-pack")).toBe(false);
    expect(access.mayStartRuns).toBe(runs);
    expect(access.readOnlySince).toEqual(readOnlySince ?? null);
    expect(access.exportUntil).toEqual(exportUntil ?? null);
    if (banner === undefined) expect(access.banner).toBeNull();
    else expect(`${access.banner?.title} ${access.banner?.text}`).toMatch(banner);
    expect(access.alert === null).toBe(isStatus(over.status ?? "active"));
  });

  it("covers every status of the table", () => {
    const covered = new Set(ROWS.map(([, { status = "active" }]) => status));
    for (const status of STATUSES) expect(covered).toContain(status);
    expect(Object.keys(STATUS_ACCESS)).toEqual([...STATUSES]);
  });

  it("gives a tenant about which nobody said anything the product itself, and no paid feature", () => {
    expect(accessOf(null, NOW)).toMatchObject({ features: new Set(), mayStartRuns: true, limits: NO_LIMITS });
  });

  it("caps a trial by the smaller of its plan and the caps", () => {
    expect(accessOf(pro({ status: "trialing" }), NOW).limits).toEqual({ ...TRIAL_CAPS });
    const standard = limitsOfPlan("standard", [], 0, 1);
    expect(accessOf(pro({ plan: "standard", status: "trialing", limits: standard }), NOW).limits.seats).toBe(3);
    expect(accessOf(pro(), NOW).limits.seats).toBe(12);
  });

  it("keeps evidence for seven years with the compliance add-on", () => {
    expect(limitsOfPlan("standard", ["compliance"], 0, 1).retentionMonths).toBe(84);
    expect(limitsOfPlan("standard", ["incident"], 0, 1).retentionMonths).toBe(3);
  });

  it("never gives back by time alone what it took: no banner, run or feature returns", () => {
    const moments = fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...STATUSES),
        moments,
        fc.integer({ min: -50, max: 50 }),
        (status, [from, more], end) => {
          const projection = pro({ status, graceUntil: days(end), endsAt: days(end), endedAt: days(end) });
          const [earlier, later] = [accessOf(projection, days(from)), accessOf(projection, days(from + more))];
          if (!earlier.mayStartRuns) expect(later.mayStartRuns).toBe(false);
          if (earlier.readOnlySince !== null) expect(later.readOnlySince).not.toBeNull();
          for (const feature of later.features) expect(earlier.features).toContain(feature);
        },
      ),
    );
  });
});

describe("what is beyond a limit", () => {
  it.each([
    ["72: 25 members on 10 seats", { seats: 25 }, [{ limit: "seats", allowed: 12, used: 25, excess: 13 }]],
    ["as many as there may be", { seats: 12, concurrentRuns: 100 }, []],
    ["80: two limits at once", { seats: 13, concurrentRuns: 101 }, ["seats", "concurrentRuns"]],
    ["a limit that is none", { wuCap: 1e12 }, []],
  ])("%s is marked, and nothing else happens to it", (_what, used, expected) => {
    const excess = excessOf(pro().limits, used);
    expect(excess.map((each, nth) => (typeof expected[nth] === "string" ? each.limit : each))).toEqual(expected);
  });
});
