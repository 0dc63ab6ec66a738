import type { WorkflowDefinition } from "./definition";
import { beginnings, followers, type Step, successors } from "./step";

/** A fault of a definition, where it is and what would be accepted. */
export interface DefinitionIssue {
  /** JSON path, such as `steps.2.next`. */
  path: string;
  message: string;
}

/** Ids of all steps that a run could reach from the first one. */
export function reachableFrom(first: Step, byId: ReadonlyMap<string, Step>): Set<string> {
  const reached = new Set<string>();
  const open = [first];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (reached.has(step.id)) continue;
    reached.add(step.id);
    for (const id of successors(step)) {
      const following = byId.get(id);
      if (following !== undefined) open.push(following);
    }
  }
  return reached;
}

/** The ids along one cycle, first and last the same, or null when there is none. Iterative: 1,000 steps may be one chain. */
export function findCycle(steps: readonly Step[], byId: ReadonlyMap<string, Step>): string[] | null {
  const done = new Set<string>();
  for (const start of steps) {
    const trail: { step: Step; remaining: string[] }[] = [{ step: start, remaining: successors(start) }];
    const onTrail = new Set([start.id]);
    while (trail.length > 0) {
      const top = trail[trail.length - 1];
      if (top === undefined) break;
      const nextId = top.remaining.shift();
      const following = nextId === undefined ? undefined : byId.get(nextId);
      if (nextId === undefined) {
        done.add(top.step.id);
        onTrail.delete(top.step.id);
        trail.pop();
      } else if (onTrail.has(nextId)) {
        const ids = trail.map(({ step }) => step.id);
        return [...ids.slice(ids.indexOf(nextId)), nextId];
      } else if (following !== undefined && !done.has(nextId)) {
        trail.push({ step: following, remaining: successors(following) });
        onTrail.add(nextId);
      }
    }
  }
  return null;
}

const intersection = (some: ReadonlySet<string> | undefined, others: ReadonlySet<string>): ReadonlySet<string> =>
  some === undefined ? others : new Set([...some].filter((id) => others.has(id)));

/** True where a way may end with a step: nothing follows it, or a branch of which no case need hold. */
const mayEnd = (step: Step) => (step.type === "branch" ? step.otherwise === undefined : step.next === undefined);

/**
 * For each step, the ids of the steps that have succeeded whenever it begins: what its templates may rely on. Of what ran
 * within a parallel that is all that each of its branches has passed, of a for-each only its own result.
 */
export function certainPredecessors(
  { steps: [start] }: WorkflowDefinition,
  byId: ReadonlyMap<string, Step>,
): Map<string, ReadonlySet<string>> {
  const certain = new Map<string, ReadonlySet<string>>();
  /** Walks one way, and gives what is certain at its end. */
  const walk = (first: Step, before: ReadonlySet<string>): ReadonlySet<string> => {
    let atEnd: ReadonlySet<string> | undefined;
    certain.set(first.id, before);
    for (const step of topologicalOrder(first, byId)) {
      const own = certain.get(step.id) ?? before;
      const passed = new Set([...own, step.id]);
      for (const { id } of beginnings(step)) {
        const within = byId.get(id);
        const after = within === undefined ? own : walk(within, own);
        if (step.type === "parallel") for (const each of after) passed.add(each);
      }
      for (const { id } of followers(step)) certain.set(id, intersection(certain.get(id), passed));
      if (mayEnd(step)) atEnd = intersection(atEnd, passed);
    }
    return atEnd ?? before;
  };
  if (start !== undefined) walk(start, new Set());
  return certain;
}

/** The steps of a way, each after all that lead to it on that way. Call only on a graph without cycles. */
function topologicalOrder(first: Step, byId: ReadonlyMap<string, Step>): Step[] {
  const onWay = new Map<string, Step>();
  const open = [first];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (onWay.has(step.id)) continue;
    onWay.set(step.id, step);
    for (const { id } of followers(step)) open.push(...[byId.get(id)].filter((found) => found !== undefined));
  }
  const waitingFor = new Map<string, number>();
  for (const step of onWay.values())
    for (const { id } of followers(step)) waitingFor.set(id, (waitingFor.get(id) ?? 0) + 1);
  const order: Step[] = [];
  const ready = [first];
  for (let step = ready.pop(); step !== undefined; step = ready.pop()) {
    order.push(step);
    for (const { id } of followers(step)) {
      const left = (waitingFor.get(id) ?? 0) - 1;
      waitingFor.set(id, left);
      const following = byId.get(id);
      if (left === 0 && following !== undefined) ready.push(following);
    }
  }
  return order;
}
