import { describe, expect, it } from "vitest";
import { PRICE_BOOK } from "@/policies/entitlements/price-book";
import { capacityOf } from "./capacity";
import { shapeOf } from "./from-ledger";
import { guardrailsOf } from "./guardrails";
import { centsOf, floorDiv, halfUp, nanoOfCents } from "./money";
import { monteCarlo, monteCarloSteps } from "./monte-carlo";
import { sensitivityNotes } from "./notes";
import { chargebackQuote, licenceQuote } from "./other-editions";
import { ownAssumptionsSchema, ownTco } from "./own-tco";
import { modelOf, quoteDrifted } from "./quote";
import { tornado } from "./tornado";
import { type Scenario, scenarioUsage, type Usage } from "./usage";

const MODEL = modelOf(PRICE_BOOK);

describe("money", () => {
  it("is rounded half up, and shares down, below zero too", () => {
    expect([halfUp(5n, 10n), halfUp(4n, 10n), halfUp(15n, 10n)]).toEqual([1n, 0n, 2n]);
    expect([floorDiv(7n, 2n), floorDiv(-7n, 2n), floorDiv(-8n, 2n)]).toEqual([3n, -4n, -4n]);
    expect([centsOf(4_999_999n), centsOf(5_000_000n), centsOf(10_000_000n, 3n)]).toEqual([0, 1, 0]);
  });

  it.each([
    ["1", 10_000_000n],
    ["0.25", 2_500_000n],
    ["0.085", 850_000n],
    ["0.000001", 10n],
    ["0", 0n],
  ])("reads %s cents exactly", (text, nano) => {
    expect(nanoOfCents(text)).toBe(nano);
  });
});

describe("the buyer's own cost", () => {
  it("is the price, the people who look after it and a share of setting it up, beside the same by hand", () => {
    const own = ownAssumptionsSchema.parse({});
    // 4 seats × 20 minutes and 1,200 runs × 4 minutes at a dollar a minute; 4,000 dollars over a year.
    expect(ownTco(11_800, scenarioUsage("small"), own)).toEqual({
      ...{ net: 11_800, admin: 8_000, implementation: 33_333, total: 53_133, byHand: 480_000, saved: 426_867 },
    });
  });

  it("may be more than by hand, and says so below zero", () => {
    expect(ownTco(9_900, { seats: 1, runs: 1 }, ownAssumptionsSchema.parse({})).saved).toBeLessThan(0);
  });

  it.each([
    ["amortMonths", 0],
    ["centsPerHour", -1],
    ["handMinutesPerRun", 0.5],
  ])("is not computed with %s of %s", (field, value) => {
    const issues = ownAssumptionsSchema.safeParse({ [field]: value }).error?.issues;
    expect(issues).toMatchObject([
      { path: [field], message: expect.stringMatching(/^must be a whole number/) as string },
    ]);
  });
});

describe("a licence", () => {
  const prices = { commitCents: 1_000, perTenantCents: 100, support: { business: 50 } };
  it.each([
    [9, 1_000, "commitment"],
    [10, 1_000, "commitment"],
    [11, 1_100, "tenants"],
  ])("for %i tenants costs %i", (tenants, licence, by) => {
    expect(licenceQuote(prices, { tenants, support: "business" })).toEqual({
      ...{ licence, support: 50, total: licence + 50, by },
    });
  });

  it.each(["gold", "constructor"])("has no support called %s", (support) => {
    expect(() => licenceQuote(prices, { tenants: 1, support })).toThrow(RangeError);
  });
});

it("a department is charged its costs without any fee, and the markup", () => {
  const usage = scenarioUsage("mid");
  const { cost, markup, total } = chargebackQuote(MODEL.costs, { months: 84, markupMilli: 100 }, usage);
  // Helped as Pro is, so as dear as Pro but for the fee.
  const { total: pro, cogs } = quoteDrifted(MODEL, usage);
  expect([cost, markup, total]).toEqual([pro - cogs.payment, 1_580, cost + 1_580]);
});

it("reserved capacity is cheaper than none, and what is assumed lies between", () => {
  const { assumed, allOnDemand, allReserved } = capacityOf(MODEL, scenarioUsage("large"));
  expect(assumed).toBe(quoteDrifted(MODEL, scenarioUsage("large")).cogs.compute);
  expect([allReserved, assumed, allOnDemand]).toEqual([allReserved, assumed, allOnDemand].sort((a, b) => a - b));
});

it("draws in portions come to the same, with a pause after each thousand", () => {
  const steps = monteCarloSteps(MODEL, scenarioUsage("mid"), { seed: 7, draws: 2_500 });
  const paused = [steps.next(), steps.next(), steps.next()];
  expect(paused.map(({ done }) => done)).toEqual([false, false, true]);
  expect(paused[2]?.value).toEqual(monteCarlo(MODEL, scenarioUsage("mid"), { seed: 7, draws: 2_500 }));
  expect(monteCarlo(MODEL, scenarioUsage("mid"), { seed: 8, draws: 2_500 })).not.toEqual(paused[2]?.value);
});

describe("notes", () => {
  const notesOf = (name: Scenario, over: Partial<Usage> = {}, model = MODEL) => {
    const usage = { ...scenarioUsage(name), ...over };
    return sensitivityNotes({
      ...{ quote: quoteDrifted(model, usage), tornado: tornado(model, usage), monteCarlo: monteCarlo(model, usage) },
      ...{ guardrails: guardrailsOf(model, usage), capacity: capacityOf(model, usage) },
    }).join("\n");
  };

  it("say of the large example that chance takes it below its floor too often, and why", () => {
    expect(notesOf("large")).toMatch(/more than the 5 % that are accepted. What does it is evidence/);
    expect(notesOf("small")).toContain("within the 5 % that are accepted");
  });

  it("name what moves the margin most, and that compute does not", () => {
    for (const name of ["small", "mid", "large"] as const) {
      expect(notesOf(name)).toContain("list price (all)");
      expect(notesOf(name)).toContain("The unit cost of compute comes only");
    }
  });

  it("say when a discount needs approval or is blocked, and when a tier is too cheap", () => {
    expect(notesOf("small", { discountMilli: 200 })).toContain("needs approval");
    expect(notesOf("small", { discountMilli: 400 })).toContain("it is blocked as it stands");
    const half = {
      ...PRICE_BOOK.pro,
      tiers: [
        { upToWu: 10, centsPerWu: "0" },
        { upToWu: null, centsPerWu: "0.05" },
      ],
    };
    expect(notesOf("mid", {}, modelOf({ ...PRICE_BOOK, pro: half }))).toMatch(
      /in the last tier cost \$0.50, and would have to/,
    );
  });
});

describe("what a ledger counted", () => {
  it("becomes runs of whole tasks, with the weight that was counted", () => {
    const shape = shapeOf({ runs: 3, tasks: 20, weightMilli: 31_500 });
    expect(shape).toEqual({ runs: 3, tasksPerRun: 7, weightMilli: 1_500 });
    expect(shapeOf({ runs: 5, tasks: 1, weightMilli: 0 })).toEqual({ runs: 5, tasksPerRun: 1, weightMilli: 0 });
    expect(shapeOf({ runs: 0, tasks: 0, weightMilli: 0 })).toBeNull();
  });
});
