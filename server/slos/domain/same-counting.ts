import type { SloSpec } from "./slo";

const whatIsCounted = ({ sli, thresholdMs, deadlineMinutes, method }: SloSpec) => ({
  ...{ sli, deadlineMinutes, method },
  thresholdMs:
    typeof thresholdMs === "object" && thresholdMs !== null ? Object.entries(thresholdMs).sort() : thresholdMs,
});

/**
 * Whether two definitions count the same events as good. The target, the period and the alerts are read over what was
 * counted; any other change begins a new generation.
 */
export const isSameCounting = (before: SloSpec, after: SloSpec): boolean =>
  JSON.stringify(whatIsCounted(before)) === JSON.stringify(whatIsCounted(after));
