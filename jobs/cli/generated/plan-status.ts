import { EXPORT_DAYS, GRACE_DAYS, STATUS_ACCESS, TRIAL_CAPS, UNKNOWN_STATUS } from "@/policies/entitlements/status";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** What each status of a plan gives, from the table that decides. */
export function planStatusTable(): string {
  const { seats, runsPerMonth, concurrentRuns, wuCap, retentionMonths } = TRIAL_CAPS;
  const statuses = [...Object.entries(STATUS_ACCESS), ["any other", UNKNOWN_STATUS] as const];
  return [
    "# Statuses of a plan",
    "",
    "Generated from `policies/entitlements/status.ts`. What a tenant may do follows from its plan and the status that the source of its",
    "plan reports. A tenant for which nobody has said anything has the product itself, and no paid feature.",
    "",
    row(["Status", "Paid features", "New runs", "Note"]),
    row(["---", "---", "---", "---"]),
    ...statuses.map(([status, { features, newRuns, note }]) => row([`\`${status}\``, features, newRuns, note])),
    "",
    `Grace: ${GRACE_DAYS} days from the first failed payment, which no later try moves. Export: ${EXPORT_DAYS} days after the end.`,
    `A trial has at most ${seats} seats, ${runsPerMonth.toLocaleString("en-US")} runs and ${wuCap.toLocaleString("en-US")} weighted tasks a month,`,
    `${concurrentRuns} runs at a time, and keeps evidence for ${retentionMonths} months; also after it, until something was paid.`,
    "",
    "A change of plan deletes nothing: what is beyond a limit stays and is marked, and nothing is added until it is within again.",
    "",
  ].join("\n");
}
