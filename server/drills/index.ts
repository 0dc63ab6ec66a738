export { askDrill } from "./ask-drill";
export { drillAsked } from "./events";
export { getDrill, listDrills } from "./list-drills";
export { type DrillContext, runDrill } from "./run-drill";
