import { must } from "@/server/kernel/errors";
import type { WorkflowDefinition } from "./definition";
import { beginnings, followers, type Step } from "./step";

/** A way through the steps: the run's own, or one that begins within a parallel or a for-each and ends before what follows it. */
interface Way {
  /** The step that it runs within, and the way on which that stands; null for the run's own. */
  within: { step: Step; way: Way } | null;
}

const ROOT: Way = { within: null };

const placeOf = ({ within }: Way): string => (within === null ? "on the main way" : `within ${within.step.id}`);

const OF_ITS_OWN =
  "a branch has steps of its own, and what comes after all of them is the next of the step that they are within";

/** Which steps a way runs within, innermost first. */
function around(way: Way): Step[] {
  const steps: Step[] = [];
  for (let { within } = way; within !== null; { within } = within.way) steps.push(within.step);
  return steps;
}

export interface Ways {
  issues: { stepId: string; message: string }[];
  /** Ids of the steps that are taken once per item of a for-each: they may read `item` and `index`. */
  repeated: ReadonlySet<string>;
  /** Ids of the steps that each step runs within, innermost first. */
  around: ReadonlyMap<string, readonly string[]>;
}

/** True for a way within a for-each, however deep. */
const isRepeated = (way: Way): boolean => around(way).some(({ type }) => type === "for-each");

/**
 * On which way each step stands. A step that two ways reach is a fault: what follows several branches stands in the next
 * of their parallel; so is a for-each within another, as its items would be multiplied. Call on a graph without cycles.
 */
export function waysOf(first: Step, byId: ReadonlyMap<string, Step>): Ways {
  const wayOf = new Map<string, Way>();
  const issues: Ways["issues"] = [];
  const open: { id: string; way: Way }[] = [{ id: first.id, way: ROOT }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { id, way } = at;
    const step = byId.get(id);
    if (step === undefined) continue;
    const known = wayOf.get(id);
    if (known !== undefined) {
      if (known !== way)
        issues.push({ stepId: id, message: `is reached ${placeOf(known)} and ${placeOf(way)}; ${OF_ITS_OWN}` });
      continue;
    }
    wayOf.set(id, way);
    if (step.type === "for-each" && isRepeated(way))
      issues.push({
        stepId: id,
        message: "is a for-each within another; let a transform make one list of both",
      });
    for (const follower of followers(step)) open.push({ id: follower.id, way });
    for (const beginning of beginnings(step)) open.push({ id: beginning.id, way: { within: { step, way } } });
  }
  const repeated = new Set([...wayOf].flatMap(([id, way]) => (isRepeated(way) ? [id] : [])));
  const outer = new Map([...wayOf].map(([id, way]) => [id, around(way).map((step) => step.id)]));
  return { issues, repeated, around: outer };
}

/** Ids of the steps that a step of a sound definition runs within, innermost first. */
export function stepsAround({ steps }: WorkflowDefinition, stepId: string): readonly string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const first = must(steps[0], "a definition has a first step");
  return waysOf(first, byId).around.get(stepId) ?? [];
}
