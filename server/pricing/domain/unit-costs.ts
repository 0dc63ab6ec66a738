import type { Plan } from "./usage";

/** What one unit costs or takes. Nothing here may reach a browser: it is the operator's own business. */
export interface UnitCost {
  /** In the unit named: whole numbers only, so that nothing is lost on the way. */
  value: bigint;
  unit: string;
  what: string;
  source: string;
  /** Assumed until this deployment's own load runs and invoices say otherwise. */
  basis: "assumed" | "measured";
}

const FARGATE = "public price list of AWS Fargate, us-east-1";
const OWN = "our own estimate";
const assumed = (value: bigint, unit: string, what: string, source: string): UnitCost => ({
  ...{ value, unit, what, source, basis: "assumed" },
});

/** What one of everything costs. */
export const UNIT_COSTS = {
  vcpuSecond: assumed(11_244n, "nano-USD per vCPU second", "Compute: processor", FARGATE),
  gibSecond: assumed(1_235n, "nano-USD per GiB second", "Compute: memory", FARGATE),
  vcpuSecondsPerWu: assumed(2n, "vCPU seconds per weighted task", "Processor time of the reference task", OWN),
  gibSecondsPerWu: assumed(4n, "GiB seconds per weighted task", "Memory time of the reference task", OWN),
  reservedMilli: assumed(600n, "thousandths of capacity", "Capacity that is reserved", OWN),
  reservedDiscountMilli: assumed(300n, "thousandths of the price", "Discount on reserved capacity", FARGATE),
  reservedUseMilli: assumed(700n, "thousandths of capacity", "How much of reserved capacity is at work", OWN),
  onDemandUseMilli: assumed(450n, "thousandths of capacity", "How much of the rest is at work: headroom", OWN),
  dbTask: assumed(40_000n, "nano-USD per task", "Database work", OWN),
  hotGbMonth: assumed(115_000_000n, "nano-USD per GB month", "Database storage", "public price list of AWS RDS gp3"),
  objectGbMonth: assumed(23_000_000n, "nano-USD per GB month", "Object storage", "public price list of AWS S3"),
  indexMilli: assumed(100n, "thousandths of evidence", "Evidence that is kept in the database too, to be found", OWN),
  hotKbPerTask: assumed(24n, "KB per task", "What a task leaves in the database", OWN),
  hotMonths: assumed(1n, "months", "How long that stays there", OWN),
  evidenceKbPerWu: assumed(40n, "KB per weighted task", "What is kept as evidence", OWN),
  noticesPerRun: assumed(2n, "messages per run", "Mails and messages", OWN),
  notice: assumed(400_000n, "nano-USD per message", "A mail or message", "public price lists of mail services"),
  incidentMonth: assumed(6_000_000_000n, "nano-USD per tenant and month", "Incident add-on: watching", OWN),
  incidentsPer10kTasks: assumed(4n, "incidents per 10,000 tasks", "Incident add-on: how often", OWN),
  incident: assumed(50_000_000n, "nano-USD per incident", "Incident add-on: telling people", OWN),
  complianceMonth: assumed(14_000_000_000n, "nano-USD per tenant and month", "Compliance add-on: bundles", OWN),
  supportMinute: assumed(850_000_000n, "nano-USD per minute", "People who help", OWN),
  feeMilli: assumed(36n, "thousandths of what is paid", "Payment: 2.9 % and 0.7 %", "Stripe: Payments and Billing"),
  feeCents: assumed(30n, "cents per invoice", "Payment: each invoice", "Stripe: Payments"),
  platformMonth: assumed(1_800_000n, "cents per month", "What runs whether or not anybody buys", OWN),
} as const satisfies Readonly<Record<string, UnitCost>>;

export type UnitCosts = Readonly<Record<keyof typeof UNIT_COSTS, UnitCost>>;

/** What a tenant of a plan costs by being there, and the margin that must be left. */
export interface PlanCosts {
  /** The least gross margin, in thousandths of what is paid. */
  floorMilli: bigint;
  fixedCents: bigint;
  /** Thousandths of a minute a month. */
  supportMilliMinutes: bigint;
  supportMilliMinutesPerSeat: bigint;
}

const planCosts = (floorMilli: bigint, fixedCents: bigint, minutes: bigint, perSeat: bigint): PlanCosts => ({
  ...{ floorMilli, fixedCents, supportMilliMinutes: minutes, supportMilliMinutesPerSeat: perSeat },
});

/** Assumed as well: hours of people and shares of machines, until they are counted. */
export const PLAN_COSTS: Readonly<Record<Plan, PlanCosts>> = {
  standard: planCosts(700n, 900n, 10_000n, 400n),
  pro: planCosts(750n, 2_800n, 45_000n, 600n),
  enterprise: planCosts(720n, 24_000n, 300_000n, 800n),
};

/** Of a department of our own: it is helped as much as a tenant of Pro, and no margin is meant. */
export const INTERNAL_COSTS: PlanCosts = planCosts(0n, 2_800n, 45_000n, 600n);
