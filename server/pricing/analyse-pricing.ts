import { setImmediate } from "node:timers/promises";
import { CATALOGUE, catalogueHash, skuNamed } from "@/policies/entitlements/catalogue";
import { PRICE_BOOK } from "@/policies/entitlements/price-book";
import { defineRead, type Scope, type Verb } from "@/server/verb";
import { type BreakEven, breakEven } from "./domain/break-even";
import { type Capacity, capacityOf } from "./domain/capacity";
import { retentionOf } from "./domain/cost-terms";
import { type Guardrails, guardrailsOf } from "./domain/guardrails";
import { type MonteCarlo, monteCarloSteps, riskGuardrail } from "./domain/monte-carlo";
import { sensitivityNotes } from "./domain/notes";
import { type Crossover, crossoversOf } from "./domain/list-price";
import { type Chargeback, chargebackQuote, type LicenceQuote, licenceQuotes } from "./domain/other-editions";
import { type Model, modelOf, quote, type Quote, type UpgradeRequired } from "./domain/quote";
import { tornado, type TornadoRow } from "./domain/tornado";
import { SCENARIO_NAMES, scenarioUsage, type Usage } from "./domain/usage";
import { analysePricingSchema } from "./schemas";

interface Sensitivity {
  tornado: TornadoRow[];
  monteCarlo: MonteCarlo;
  riskGuardrail: "ok" | "warn";
  guardrails: Guardrails;
  capacity: Capacity;
  /** What the same month would be charged to a department of our own. */
  chargeback: Chargeback;
  notes: string[];
}

export interface PricingAnalysis {
  catalogue: { version: number; hash: string };
  months: { usage: Usage; quote: Quote | UpgradeRequired; sensitivity: Sensitivity | null }[];
  breakEven: BreakEven;
  /** With the seats and add-ons of the first month. */
  crossovers: Crossover[];
  /** A year of a partner, by its level of support. Cents. */
  licence: { tenants: number; levels: ({ level: string } & LicenceQuote)[] };
  unitCosts: { what: string; value: number; unit: string; source: string; basis: string }[];
}

/**
 * What anything costs the deployment. Only the operating tenant's members could be granted it: to others it is a thing of
 * another tenant, by a word that no tenant's id can be.
 */
async function pricingItself({ ctx }: Pick<Scope, "ctx">) {
  const tenantId = ctx.tenant.isOperator ? ctx.tenantId : "the operating tenant";
  return { resource: { subject: "pricing" as const, tenantId }, subject: "pricing:all" };
}

const asked = defineRead({
  action: "pricing.read",
  input: analysePricingSchema,
  load: pricingItself,
  read: async (_scope, input) => input,
});

/** Ten thousand draws in portions of ten milliseconds, between which the process answers others. */
async function drawn(model: Model, usage: Usage): Promise<MonteCarlo> {
  const steps = monteCarloSteps(model, usage);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

function chargebackOf(model: Model, usage: Usage): Chargeback {
  const { price, limits } = skuNamed("internal");
  const markupMilli = price.kind === "chargeback" ? price.markupMilli : 0;
  const months = retentionOf({ ...PRICE_BOOK[usage.plan], retentionMonths: limits.retentionMonths }, usage);
  return chargebackQuote(model.costs, { months, markupMilli }, usage);
}

async function sensitivityOf(model: Model, usage: Usage, quoted: Quote): Promise<Sensitivity> {
  const monteCarlo = await drawn(model, usage);
  const rows = tornado(model, usage);
  const [guardrails, capacity] = [guardrailsOf(model, usage), capacityOf(model, usage)];
  return {
    ...{ tornado: rows, monteCarlo, riskGuardrail: riskGuardrail(monteCarlo), guardrails, capacity },
    chargeback: chargebackOf(model, usage),
    notes: sensitivityNotes({ quote: quoted, tornado: rows, monteCarlo, guardrails, capacity }),
  };
}

const EXAMPLES = new Map(SCENARIO_NAMES.map((name) => [JSON.stringify(scenarioUsage(name)), name]));
const examples = new Map<string, Promise<Sensitivity>>();

/** The examples stand beside every month and change with the catalogue alone, so a process computes each once. */
function keptSensitivityOf(...asked: Parameters<typeof sensitivityOf>): Promise<Sensitivity> {
  const example = EXAMPLES.get(JSON.stringify(asked[1]));
  if (example === undefined) return sensitivityOf(...asked);
  const kept = examples.get(example) ?? sensitivityOf(...asked);
  examples.set(example, kept);
  return kept;
}

function licenceOf(tenants: number): PricingAnalysis["licence"] {
  const { price } = skuNamed("white-label");
  return { tenants, levels: price.kind === "licence" ? licenceQuotes(price, tenants) : [] };
}

/**
 * What months cost us and leave, how sensitive that is and what keeps it in bounds: for administrators of the operating
 * tenant (Forbidden to everybody else). Computed after the transaction that decides about it.
 */
export const analysePricing: Verb<typeof analysePricingSchema, PricingAnalysis> = Object.assign(
  async (...call: Parameters<typeof asked>): Promise<PricingAnalysis> => {
    const { months: usages, partnerTenants } = await asked(...call);
    const model = modelOf(PRICE_BOOK);
    const months: PricingAnalysis["months"] = [];
    for (const usage of usages) {
      const quoted = quote(model, usage);
      const isCarried = quoted.guardrail !== "upgrade_required";
      months.push({
        usage,
        quote: quoted,
        sensitivity: isCarried ? await keptSensitivityOf(model, usage, quoted) : null,
      });
    }
    return {
      catalogue: { version: CATALOGUE.version, hash: catalogueHash(CATALOGUE) },
      ...{ months, breakEven: breakEven(model), licence: licenceOf(partnerTenants) },
      crossovers: usages.slice(0, 1).flatMap((usage) => crossoversOf(PRICE_BOOK, usage)),
      unitCosts: Object.values(model.costs).map((each) => ({ ...each, value: Number(each.value) })),
    };
  },
  { kind: asked.kind, action: asked.action, input: asked.input },
);
