export { getRecentUse } from "./get-recent-use";
export { getUsage, usageOf } from "./get-usage";
export type { Usage } from "./read-usage";
