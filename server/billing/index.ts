export { getPlan, type PlanDto } from "./get-plan";
