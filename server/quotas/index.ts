export { applyQuotas } from "./apply-quotas";
export { DEFAULT_QUOTAS, type Quota } from "./domain/quota";
export { quotasSet } from "./events";
export { getQuotas } from "./get-quotas";
export { hasNoPlace, loadQuotas, mostQueuedRuns, queuedRuns } from "./load-quotas";
export { type PlanUse, planUse, tellPlanQuota } from "./plan-quotas";
export { reachQuota } from "./reach-quota";
export { setQuotas } from "./set-quotas";
export { watchQuotas } from "./watch-quotas";
