import { accessOf } from "@/policies/entitlements/access";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { PRICE_BOOK } from "@/policies/entitlements/price-book";
import { limitsOfPlan, type Projection } from "@/policies/entitlements/projection";
import { type AddOn, type Feature, FEATURES } from "@/policies/entitlements/words";
import { flagsBy, flagStoreOf, whyClosed } from "@/server/entitlements";
import { parseEnv } from "@/server/platform/env";
import { monteCarloSteps } from "@/server/pricing/domain/monte-carlo";
import { modelOf, quote } from "@/server/pricing/domain/quote";
import { PLANS, scenarioUsage, type Usage } from "@/server/pricing/domain/usage";
import { watchForeignCpu } from "./foreign-cpu";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";
import { measureUpgrades } from "./upgrade";

const ROUNDS = 5;
/** Each question is asked so often in a row that a timer's own cost is nothing. */
const IN_A_ROW = 200;
const MANY = 10_000;
/** Purchases on each path. */
const UPGRADES = 5;
const AT = new Date("2026-11-26T12:00:00Z");

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)] ?? 0;

/** Microseconds that each question takes: the median of rounds. */
function microseconds<Q>(questions: readonly Q[], answer: (question: Q) => unknown, inARow: number): number[] {
  const times = questions.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [place, question] of questions.entries()) {
      const at = performance.now();
      for (let count = 0; count < inARow; count += 1) answer(question);
      times[place]?.push(((performance.now() - at) * 1_000) / inARow);
    }
  return times.map(median);
}

const ADD_ONS: readonly (readonly AddOn[])[] = [[], ["incident"], ["compliance", "incident"]];

/** Every feature, for a tenant of each plan with some add-ons: what the gate knows once it has read the plan. */
function everyQuestion() {
  return CATALOGUE.skus.flatMap(({ id: plan }) =>
    ADD_ONS.flatMap((addOns) => {
      const projection: Projection = {
        ...{ source: "stripe", plan, addOns, seats: 12, status: "active", statusSince: AT, graceUntil: null },
        ...{ periodEnd: null, cancelAtPeriodEnd: false, endsAt: null, endedAt: null, previous: null },
        ...{ limits: limitsOfPlan(plan, addOns, 0, CATALOGUE.version), catalogueVersion: CATALOGUE.version },
      };
      const standing = { projection, access: accessOf(projection, AT) };
      return (Object.keys(FEATURES) as Feature[]).map((feature) => ({ standing, feature }));
    }),
  );
}

/** Months that differ in every number, so that none is answered from a memory. */
const monthOf = (nth: number): Usage => ({
  ...{ plan: PLANS[nth % PLANS.length] ?? "pro", runs: 100 + nth * 7, tasksPerRun: 1 + (nth % 40) },
  ...{ weightMilli: 500 + (nth % 90) * 100, seats: nth % 200, discountMilli: nth % 300 },
  addons: nth % 2 === 0 ? [] : ["incident", "compliance"],
});

/** Seconds of 10,000 quotes, and of 10,000 draws with the longest time in milliseconds for which they keep a process busy. */
function pricing() {
  const model = modelOf(PRICE_BOOK);
  const quotesAt = performance.now();
  for (let nth = 0; nth < MANY; nth += 1) quote(model, monthOf(nth));
  const quotes = (performance.now() - quotesAt) / 1_000;
  const portions: number[] = [];
  const steps = monteCarloSteps(model, scenarioUsage("large"));
  for (let isDone = false; !isDone;) {
    const at = performance.now();
    isDone = steps.next().done === true;
    portions.push(performance.now() - at);
  }
  return { quotes, draws: portions.reduce((sum, each) => sum + each, 0) / 1_000, portion: Math.max(...portions) };
}

/**
 * How long the gate takes to decide about a feature, its flags evaluated by the SDK, beside a look-up in a Map as the floor; quotes and draws; and, in a browser,
 * how long after the click that pays a feature can be used.
 */
export async function run({ scale = 1 }: { scale?: number } = {}): Promise<Report> {
  const foreign = watchForeignCpu();
  const questions = everyQuestion();
  const flags = flagsBy(flagStoreOf(parseEnv({ CONDUCTOR_SECRET: "x".repeat(48) })));
  const ask = ({ standing, feature }: (typeof questions)[number]) =>
    whyClosed(standing, { tenantId: "ten_measured", feature, use: "change" }, flags);
  const open = questions.filter((question) => ask(question) === null);
  if (open.length === 0 || open.length === questions.length) throw new Error("the gate tells nobody apart");
  const inARow = Math.max(1, Math.round(IN_A_ROW * scale));
  const known = new Map(questions.map((question) => [question, true]));
  const floor = median(microseconds(questions, (question) => known.get(question), inARow));
  // Only where the plan grants it are flags asked, so that is what is measured.
  const times = sorted(microseconds(open, ask, inARow));
  const gate = median(times);
  const us = (value: number, what: string) => ({ value: rounded(value, 2), unit: `µs, ${what}` });
  const { quotes, draws, portion } = pricing();
  const foreignCpuCores = rounded(foreign());
  // A browser and a whole deployment are processes of their own: they are no others' load, and come after it was looked at.
  const upgrades = await measureUpgrades(Math.max(1, Math.round(UPGRADES * scale)));
  const seconds = (times: number[], what: string) => ({ value: rounded(median(times) / 1_000), unit: `s, ${what}` });
  return {
    name: "billing",
    figures: {
      gate: us(gate, "p50 of a decision about a feature that the plan has, both of its flags evaluated"),
      gateSlowest: us(times.at(-1) ?? 0, "the slowest of them"),
      quotes: { value: rounded(quotes), unit: "s, 10,000 quotes of different months" },
      draws: { value: rounded(draws), unit: "s, 10,000 draws of the large month" },
      drawsPortion: { value: rounded(portion, 1), unit: "ms, the longest that draws keep a process busy" },
      upgradeByReturn: seconds(
        upgrades.byReturn,
        "p50 from the click that pays to a gate that opens, webhooks held back",
      ),
      upgradeByWebhook: seconds(upgrades.byWebhook, "the same with the way back cut off"),
      upgradeSlowest: {
        value: rounded(Math.max(...upgrades.byReturn, ...upgrades.byWebhook) / 1_000),
        unit: "s, the slowest of both",
      },
    },
    floor: { value: rounded(floor, 3), unit: "µs, a look-up in a Map" },
    ratio: rounded(gate / floor),
    foreignCpuCores,
    void: foreignCpuCores > FOREIGN_CORES_MAX,
    runs: [{ questions: questions.length, open: open.length }],
  };
}
