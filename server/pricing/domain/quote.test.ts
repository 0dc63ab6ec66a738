import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRICE_BOOK } from "@/policies/entitlements/price-book";
import { breakEven } from "./break-even";
import golden from "./golden.json";
import { guardrailsOf, marginalCost } from "./guardrails";
import { billOf, crossoversOf, crossoverWu, graduatedNano, totalOf } from "./list-price";
import { monteCarlo, riskGuardrail } from "./monte-carlo";
import { modelOf, quote, quoteDrifted } from "./quote";
import { tornado } from "./tornado";
import { HIGHEST, PLANS, PRICED_ADD_ONS, SCENARIO_NAMES, scenarioUsage, type Usage, usageSchema } from "./usage";

const MODEL = modelOf(PRICE_BOOK);
const anyUsage: fc.Arbitrary<Usage> = fc.record({
  plan: fc.constantFrom(...PLANS),
  runs: fc.nat({ max: HIGHEST.runs }),
  tasksPerRun: fc.nat({ max: HIGHEST.tasksPerRun }),
  weightMilli: fc.nat({ max: HIGHEST.weightMilli }),
  seats: fc.nat({ max: HIGHEST.seats }),
  addons: fc.subarray([...PRICED_ADD_ONS]),
  discountMilli: fc.nat({ max: HIGHEST.discountMilli }),
});

describe.each(SCENARIO_NAMES)("the golden example %s", (name) => {
  const { input, tornado: rows, monteCarlo: draws, ...answer } = golden[name];
  const usage = usageSchema.parse(input);

  it("is the scenario of its name, and answered to the cent", () => {
    expect(scenarioUsage(name)).toEqual(usage);
    expect(quote(MODEL, usage)).toEqual(answer);
  });

  it("moves as much with each driver, in the same order", () => {
    expect(tornado(MODEL, usage)).toEqual(rows);
  });

  it("comes to the same with chance, within what was agreed", () => {
    const mine = monteCarlo(MODEL, usage);
    for (const key of ["gmP5", "gmP50", "gmP95"] as const)
      expect(Math.abs(mine[key] - draws[key])).toBeLessThanOrEqual(0.05);
    for (const key of ["gpP5", "gpP50", "gpP95"] as const)
      expect(Math.abs(mine[key] / draws[key] - 1)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(mine.probBelowFloor - draws.probBelowFloor)).toBeLessThanOrEqual(0.001);
    expect(mine).toMatchObject({ seed: draws.seed, draws: draws.draws, floor: draws.floor });
    expect(monteCarlo(MODEL, usage)).toEqual(mine);
    expect(riskGuardrail(mine)).toBe(name === "large" ? "warn" : "ok");
  });
});

describe("a quote", () => {
  it("breaks even with as many tenants as the golden example", () => {
    expect(breakEven(MODEL)).toEqual(golden.breakEven);
  });

  it("of a stressed Pro tenant keeps its margin", () => {
    const usage: Usage = {
      ...{ plan: "pro", runs: 20_000, tasksPerRun: 10, weightMilli: 8_000, seats: 10, discountMilli: 0 },
      addons: ["compliance"],
    };
    expect(quote(MODEL, usage)).toMatchObject({ wu: 1_600_000, list: 346_800, total: 48_586, gmBp: 8_599 });
  });

  it.each([
    [50_000, "ok"],
    [50_001, "upgrade_required"],
  ])("of Standard for %i weighted tasks is %s, and then says nothing of money", (runs, guardrail) => {
    const usage: Usage = {
      ...{ plan: "standard", runs, tasksPerRun: 1, weightMilli: 1_000, seats: 3, addons: [], discountMilli: 0 },
    };
    const answer = quote(MODEL, usage);
    expect(answer.guardrail).toBe(guardrail);
    if (guardrail === "upgrade_required") expect(answer).toEqual({ tasks: runs, wu: runs, guardrail });
    else expect(answer).toMatchObject({ list: PRICE_BOOK.pro.baseCents });
  });

  it("is blocked from the first thousandth of discount that breaks the floor, which is what maxDiscountBp says", () => {
    for (const name of SCENARIO_NAMES) {
      const usage = scenarioUsage(name);
      const { maxDiscountBp } = quoteDrifted(MODEL, usage);
      const most = Math.floor(maxDiscountBp / 10);
      expect(quoteDrifted(MODEL, { ...usage, discountMilli: most }).guardrail).toBe("ok");
      expect(quoteDrifted(MODEL, { ...usage, discountMilli: most + 1 }).guardrail).toBe("blocked");
      const rule = (discountMilli: number) => guardrailsOf(MODEL, { ...usage, discountMilli }).discount;
      expect([0, 1, Math.ceil(maxDiscountBp / 20), most, most + 1].map(rule)).toEqual([
        ...["none", "ok", "approval", "approval", "blocked"],
      ]);
    }
  });

  it("adds up exactly, in whole cents, for every month there can be", () => {
    fc.assert(
      fc.property(anyUsage, (usage) => {
        const { price, list, disc, net, cogs, total, gp } = quoteDrifted(MODEL, usage);
        const lines: number[] = [...Object.values(price), ...Object.values(cogs), list, disc, net, total, gp];
        expect(lines.every(Number.isSafeInteger)).toBe(true);
        expect(totalOf(price)).toBe(list);
        expect(Object.values(cogs).reduce((sum, cents) => sum + cents, 0)).toBe(total);
        expect([list - disc, net - total]).toEqual([net, gp]);
      }),
    );
  });

  it("costs never less for more of anything, to the last task", () => {
    fc.assert(
      fc.property(
        anyUsage,
        fc.constantFrom("runs", "tasksPerRun", "weightMilli", "seats"),
        fc.nat(1_000),
        (usage, field, more) => {
          const bill = (of: Usage) => totalOf(billOf(PRICE_BOOK[of.plan], of));
          expect(bill({ ...usage, [field]: usage[field] + more })).toBeGreaterThanOrEqual(bill(usage));
        },
      ),
    );
  });

  it("prices each task by itself: two parts of a tier cost what they cost together", () => {
    const { tiers } = PRICE_BOOK.pro;
    const big = fc.bigInt({ min: 0n, max: 10_000_000n });
    fc.assert(
      fc.property(big, big, (a, b) => {
        const rate = graduatedNano(tiers, a + b + 1n) - graduatedNano(tiers, a + b);
        expect([0n, 2_500_000n, 1_800_000n, 1_200_000n]).toContain(rate);
      }),
    );
    expect([100_000n, 500_000n, 1_000_000n].map((wu) => graduatedNano(tiers, wu))).toEqual([
      ...[0n, 1_000_000_000_000n, 1_900_000_000_000n],
    ]);
  });
});

describe("plans", () => {
  it.each([
    ["standard", "pro", 3, 50_000],
    ["pro", "enterprise", 50, 688_889],
  ] as const)("%s costs as much as %s with %i seats from %i weighted tasks on", (from, to, seats, wu) => {
    expect(crossoverWu(PRICE_BOOK[from], PRICE_BOOK[to], { seats, addons: [] })).toBe(wu);
  });

  it("each meet the next larger one, or never do", () => {
    expect(crossoversOf(PRICE_BOOK, { seats: 3, addons: [] })).toEqual([
      { from: "standard", to: "pro", wu: 50_000 },
      { from: "pro", to: "enterprise", wu: 4_000_000 },
    ]);
    // A seat more costs less on Standard.
    expect(crossoversOf(PRICE_BOOK, { seats: 50, addons: [] })).toMatchObject([{ wu: null }, { wu: 688_889 }]);
  });

  it("do not meet where the smaller one is always cheaper within its cap", () => {
    expect(crossoverWu(PRICE_BOOK.standard, PRICE_BOOK.enterprise, { seats: 3, addons: [] })).toBeNull();
  });

  it.each([
    ["standard", 7_569, 168],
    ["pro", 7_843, 180],
    ["enterprise", 7_219, 197],
  ] as const)("%s leaves its floor when all that is included is used", (plan, gmBp, marginalMilli) => {
    const usage: Usage = {
      ...{ plan, runs: 1, tasksPerRun: 10, weightMilli: 1_000, seats: 1, addons: [], discountMilli: 0 },
    };
    const { allowance, tiers } = guardrailsOf(MODEL, usage);
    expect(allowance).toEqual({ gmBp, guardrail: "ok" });
    expect(tiers.map(({ guardrail }) => guardrail)).not.toContain("blocked");
    // Dollars per 1,000 weighted tasks, in thousandths.
    const { nano, divisor } = marginalCost(MODEL, usage);
    expect(Math.round(Number(nano) / Number(divisor) / 1_000)).toBe(marginalMilli);
  });

  it("need 84 cents in Enterprise's last tier for the large tenant, and have 85", () => {
    const last = guardrailsOf(MODEL, scenarioUsage("large")).tiers.at(-1);
    expect(last).toMatchObject({ priceCents: 85, leastCents: 84, costCents: 20, guardrail: "ok" });
    const cheaper = structuredClone(PRICE_BOOK) as {
      enterprise: { tiers: { centsPerWu: string }[] };
    } & typeof PRICE_BOOK;
    const tier = cheaper.enterprise.tiers.at(-1);
    if (tier !== undefined) tier.centsPerWu = "0.083";
    expect(guardrailsOf(modelOf(cheaper), scenarioUsage("large")).tiers.at(-1)?.guardrail).toBe("blocked");
  });
});

describe("a month that is none", () => {
  const good = { plan: "pro", runs: 1, tasksPerRun: 1, weightMilli: 1_000, seats: 1, addons: [] };
  it.each([
    ["runs", -1],
    ["runs", 1.5],
    ["runs", -0.5],
    ["runs", Number.NaN],
    ["runs", Infinity],
    ["runs", 1e300],
    ["runs", "12"],
    ["runs", null],
    ["tasksPerRun", 10_001],
    ["weightMilli", 0.1],
    ["seats", -3],
    ["discountMilli", 1_000],
    ["plan", "free"],
    ["addons", ["incident", "incident"]],
    ["addons", ["time-travel"]],
  ])("says once what %s may be, and is not %s", (field, value) => {
    const parsed = usageSchema.safeParse({ ...good, [field]: value });
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], /^must /.test(message)])).toEqual([[field, true]]);
  });

  it("has no other field, and every one of its own", () => {
    expect(usageSchema.safeParse({ ...good, margin: 1 }).success).toBe(false);
    for (const field of Object.keys(good))
      expect(
        usageSchema.safeParse(Object.fromEntries(Object.entries(good).filter(([name]) => name !== field))).success,
      ).toBe(false);
    expect(usageSchema.parse(good)).toEqual({ ...good, discountMilli: 0 });
  });
});
