import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

type Billing = inferRouterOutputs<AppRouter>["billing"];
export type Plan = Billing["plan"];
export type ChangePreview = Billing["previewChange"];
export type Payment = Billing["payment"];
export type Invoice = Billing["invoices"]["rows"][number];

/** How people read what a plan limits. */
export const LIMIT_WORDS: Readonly<Record<Plan["limits"][number]["limit"], string>> = {
  ...{ seats: "Seats", runsPerMonth: "Runs this month", concurrentRuns: "Runs that go on" },
  ...{ wuIncluded: "Weighted tasks this month, included", wuCap: "Weighted tasks this month, at most" },
  retentionMonths: "Months that evidence is kept",
};

/** Who says what the plan is. */
export const SOURCE_WORDS: Readonly<Record<NonNullable<Plan["plan"]>["source"], string>> = {
  stripe: "The subscription at Stripe",
  licence: "The licence of this deployment",
  trial: "A trial, without a card",
  manual: "A grant by whoever operates this deployment",
};

/** The statuses of `docs/reference/plan-status.md` in words; another one is not known to this release. */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
  ...{ trialing: "On trial", active: "Active", past_due: "A payment failed", unpaid: "Read-only", paused: "Paused" },
  ...{ incomplete: "First payment not through", incomplete_expired: "Never paid", canceled: "Ended" },
};

/** A count as people read it; null is no limit. */
export const countText = (count: number | null): string => count?.toLocaleString("en-GB") ?? "no limit";
