import { type Step, successors, type WorkflowDefinition } from "./definition";

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

/** For each step, the ids of steps that every path to it has passed: what its templates may rely on. */
export function certainPredecessors(
  definition: WorkflowDefinition,
  byId: ReadonlyMap<string, Step>,
): Map<string, Set<string>> {
  const certain = new Map<string, Set<string>>();
  const first = definition.steps[0];
  if (first === undefined) return certain;
  certain.set(first.id, new Set());
  for (const step of topologicalOrder(first, byId)) {
    const passed = new Set([...(certain.get(step.id) ?? []), step.id]);
    for (const id of successors(step)) {
      const known = certain.get(id);
      certain.set(id, known === undefined ? new Set(passed) : new Set([...known].filter((other) => passed.has(other))));
    }
  }
  return certain;
}

/** Reachable steps, each after all that lead to it. Call only on a graph without cycles. */
function topologicalOrder(first: Step, byId: ReadonlyMap<string, Step>): Step[] {
  const waitingFor = new Map<string, number>();
  const reached = [...reachableFrom(first, byId)].flatMap((id) => byId.get(id) ?? []);
  for (const step of reached) for (const id of successors(step)) waitingFor.set(id, (waitingFor.get(id) ?? 0) + 1);
  const order: Step[] = [];
  const ready = [first];
  for (let step = ready.pop(); step !== undefined; step = ready.pop()) {
    order.push(step);
    for (const id of successors(step)) {
      const left = (waitingFor.get(id) ?? 0) - 1;
      waitingFor.set(id, left);
      const following = byId.get(id);
      if (left === 0 && following !== undefined) ready.push(following);
    }
  }
  return order;
}
