import { existsSync, readFileSync, statSync } from "node:fs";
import { PRICE_BOOK } from "@/policies/entitlements/price-book";
import { parseJson } from "@/server/kernel/json";
import { breakEven } from "@/server/pricing/domain/break-even";
import { monteCarlo, riskGuardrail } from "@/server/pricing/domain/monte-carlo";
import { type Model, modelOf, quote } from "@/server/pricing/domain/quote";
import { tornado } from "@/server/pricing/domain/tornado";
import {
  type Scenario,
  SCENARIO_NAMES,
  SCENARIOS,
  scenarioUsage,
  type Usage,
  usageSchema,
} from "@/server/pricing/domain/usage";

/** Months of one file, and its bytes: what is priced in some minutes at most. */
const MOST_MONTHS = 10_000;
const MOST_BYTES = 10_000_000;

class InputError extends Error {}

const isScenario = (name: string): name is Scenario => (SCENARIO_NAMES as readonly string[]).includes(name);

/** Everything that is said of a month: its quote and, where the plan carries it, its sensitivity and its risk. */
function answerTo(model: Model, usage: Usage) {
  const quoted = quote(model, usage);
  if (quoted.guardrail === "upgrade_required") return quoted;
  const draws = monteCarlo(model, usage);
  return { ...quoted, riskGuardrail: riskGuardrail(draws), tornado: tornado(model, usage), monteCarlo: draws };
}
type Answer = ReturnType<typeof answerTo>;

function readMonth(value: unknown, at: string): Usage {
  const parsed = usageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${[at, ...path].filter((part) => part !== "").join(".")} ${message}`,
  );
  throw new InputError(faults.map((fault) => `${fault.trim()}.`).join("\n"));
}

/** The months that a file asks about, and whether they came as a list. Throws InputError in words. */
function readMonths(file: string): { months: Usage[]; isList: boolean } {
  if (!existsSync(file) || !statSync(file).isFile()) throw new InputError(`${file} is no file.`);
  if (statSync(file).size > MOST_BYTES) throw new InputError(`${file} has more than ${MOST_BYTES} bytes.`);
  let value: unknown;
  try {
    value = parseJson(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!Array.isArray(value)) return { months: [readMonth(value, "")], isList: false };
  if (value.length > MOST_MONTHS) throw new InputError(`${file} asks about more than ${MOST_MONTHS} months.`);
  return { months: value.map((each: unknown, nth) => readMonth(each, String(nth))), isList: true };
}

const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`;
const line = (what: string, amount: string) => `  ${what.padEnd(32)}${amount.padStart(14)}`;
const percent = (bp: number) => `${(bp / 100).toFixed(2)} %`;

function inWords({ plan, runs, addons, seats }: Usage, answer: Answer): string[] {
  const head = `${plan}: ${runs} runs, ${answer.tasks} tasks, ${answer.wu} weighted tasks, ${seats} seats${addons.map((name) => `, ${name}`).join("")}`;
  if (answer.guardrail === "upgrade_required")
    return [head, "  More than the plan carries: a larger plan is required.", ""];
  const { price, cogs, monteCarlo: draws } = answer;
  return [
    head,
    ...Object.entries(price).map(([what, cents]) => line(`price: ${what}`, dollars(cents))),
    line("list price", dollars(answer.list)),
    ...(answer.disc === 0 ? [] : [line("discount", dollars(answer.disc)), line("net price", dollars(answer.net))]),
    ...Object.entries(cogs).map(([what, cents]) => line(`cost: ${what}`, dollars(cents))),
    ...[line("cost", dollars(answer.total)), line("gross profit", dollars(answer.gp))],
    line("gross margin", `${percent(answer.gmBp)} (${answer.guardrail})`),
    line("discount at most", percent(answer.maxDiscountBp)),
    line("margin P5, P50, P95", `${draws.gmP5}, ${draws.gmP50}, ${draws.gmP95} %`),
    line(
      "below the floor of the margin",
      `${(draws.probBelowFloor * 100).toFixed(2)} % of draws (${answer.riskGuardrail})`,
    ),
    ...["", "  a fifth less / more of".padEnd(34) + "margin, points".padStart(18) + "profit, $".padStart(24)],
    ...answer.tornado.map(
      ([name, less, more, gpLess, gpMore]) =>
        `  ${name.padEnd(32)}${`${less.toFixed(2)} / ${more.toFixed(2)}`.padStart(18)}${`${gpLess.toFixed(2)} / ${gpMore.toFixed(2)}`.padStart(24)}`,
    ),
    "",
  ];
}

function allScenarios(model: Model, json: boolean): string {
  const answers = SCENARIO_NAMES.map(
    (name) => [name, { input: inputOf(name), ...answerTo(model, scenarioUsage(name)) }] as const,
  );
  const even = breakEven(model);
  if (json) return JSON.stringify({ ...Object.fromEntries(answers), breakEven: even });
  return [
    ...answers.flatMap(([name, answer]) => inWords(scenarioUsage(name), answer)),
    `Break-even: ${even.tenants ?? "no number of"} tenants, with ${dollars(even.avgGPPerTenant * 100)} a month from each in the mean.`,
  ].join("\n");
}

const inputOf = (name: Scenario) => {
  const { discountMilli: _none, ...input } = SCENARIOS[name];
  return input;
};

/** Prints what months cost and leave; exit code 1 for an input that is none, 2 for wrong usage. Without database or server. */
export function runPrice(asked: { scenario?: string | undefined; input?: string | undefined; json: boolean }): number {
  const model = modelOf(PRICE_BOOK);
  const { scenario, input, json } = asked;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  if (input !== undefined && scenario !== undefined) {
    process.stderr.write("Give --scenario or --input, not both.\n");
    return 2;
  }
  if (scenario !== undefined && !isScenario(scenario)) {
    process.stderr.write(`There is no scenario ${scenario}. There are ${SCENARIO_NAMES.join(", ")}.\n`);
    return 2;
  }
  if (scenario !== undefined) {
    const answer = answerTo(model, scenarioUsage(scenario));
    print(
      json
        ? JSON.stringify({ input: inputOf(scenario), ...answer })
        : inWords(scenarioUsage(scenario), answer).join("\n"),
    );
    return 0;
  }
  if (input === undefined) {
    print(allScenarios(model, json));
    return 0;
  }
  try {
    const { months, isList } = readMonths(input);
    const answers = months.map((usage) => ({ usage, answer: answerTo(model, usage) }));
    const told = answers.map(({ answer }) => answer);
    print(
      json
        ? JSON.stringify(isList ? told : told[0])
        : answers.flatMap(({ usage, answer }) => inWords(usage, answer)).join("\n"),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
