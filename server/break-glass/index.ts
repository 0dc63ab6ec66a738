export { decideBreakGlass, endBreakGlass, reviewBreakGlass } from "./decide-break-glass";
export { breakGlassAsked, breakGlassEnded, breakGlassOpened } from "./events";
export { listBreakGlass } from "./list-break-glass";
export { openBreakGlass } from "./open-break-glass";
export { settleBreakGlass } from "./settle-break-glass";
