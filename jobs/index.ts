import type { InngestFunction } from "inngest";
import type { JobDeps } from "./deps";
import { executeRun } from "./runs/execute-run";

/** Every background function of the product, for whichever engine runs them. */
export function createFunctions(deps: JobDeps): InngestFunction.Any[] {
  return [executeRun(deps)];
}
