import { type Json, jsonFault } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import { type Asker, walkExpressions } from "@/server/platform/expression-sandbox";
import type { StepOf } from "@/server/workflows/domain/step";
import { type Carrying, fail, refused, settle, type Stand, STOPPED, type Strand } from "./carrying";
import type { StepResult } from "./act";
import type { Task } from "./journal";
import type { KnownTask } from "./run-state";

/** Carries a strand on from a step: handed in, as what runs within a step is carried on as all else. */
type Carry = (run: Carrying, strand: Strand, from: string) => Promise<Stand>;

/** Takes several ways at once; what one of them throws is thrown once none is under way any more. */
async function together({ rests }: Carrying, ways: number, take: (way: number) => Promise<Stand>): Promise<Stand[]> {
  rests.fork(ways);
  let left = ways;
  const taken = await Promise.allSettled(
    Array.from({ length: ways }, (_, way) =>
      take(way).finally(() => {
        left -= 1;
        if (left > 0) rests.leave();
      }),
    ),
  );
  return taken.map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
}

/** What several ways come to together: a failure that is kept, else to be gone on with, else at rest; null when all are through. */
function standOf(stands: readonly Stand[]): Stand | null {
  const failed = stands.find(({ is }) => is === "failed");
  if (failed !== undefined) return failed;
  if (stands.some(({ is }) => is === "stopped")) return STOPPED;
  const resting = stands.filter((stand) => stand.is === "resting");
  if (resting.length === 0) return null;
  const untilMs = Math.min(...resting.map((stand) => stand.untilMs));
  return { is: "resting", untilMs, isAwaiting: resting.some(({ isAwaiting }) => isAwaiting === true) };
}

/** Takes note of what came of the ways within a task. */
function close(run: Carrying, strand: Strand, task: Task, begun: KnownTask, stand: Stand): Stand {
  const { input } = begun;
  if (stand.is === "done")
    return settle(run, strand, task, begun, { ok: true, input, output: stand.output }) ?? STOPPED;
  if (stand.is !== "failed") return stand;
  const { code, message } = stand.failure;
  run.journal.end(task, begun, { result: refused(code, message, input), at: run.now(), isKept: strand.isKept });
  return stand;
}

/** Carries the branches of a parallel on, all at once. Its output is the last output of each, by the id of its first step. */
export async function carryBranches(
  run: Carrying,
  strand: Strand,
  { task, step, carry }: { task: Task; step: StepOf<"parallel">; carry: Carry },
): Promise<Stand> {
  const { state, journal, now } = run;
  const known = state.known.get(task.id);
  if (known?.status === "failed") return { is: "failed", failure: must(known.failure, "a failed task says why") };
  if (known === undefined && run.isOver()) return STOPPED;
  const begun = known ?? journal.begin(task, { at: now() });
  const within = [...strand.within, task];
  const { scope } = strand;
  const branches = step.branches.map((first) => ({ first, scope: { ...scope, steps: { ...scope.steps } } }));
  const stands = await together(run, branches.length, (way) => {
    const branch = must(branches[way], "a way is a branch");
    return carry(run, { ...strand, within, scope: branch.scope }, branch.first);
  });
  // What follows may read what each branch has passed; also where that is known already, and was only walked along.
  for (const branch of branches) Object.assign(scope.steps, branch.scope.steps);
  if (begun.status === "succeeded") return { is: "done", output: begun.output };
  const outputs = stands.map((stand, way) => [step.branches[way], stand.is === "done" ? stand.output : null] as const);
  return close(
    run,
    strand,
    task,
    begun,
    standOf(stands) ?? { is: "done", output: Object.fromEntries(outputs) as Json },
  );
}

/** The list that a for-each goes over; null where the run was over before its turn to be computed came. */
async function itemsOf(
  { items: expression, max_items }: StepOf<"for-each">,
  scope: Strand["scope"],
  asker: Asker,
): Promise<StepResult | null> {
  const walk = { start: "items", steps: { items: { expression } }, most: 1 };
  const [walked] = await walkExpressions(walk, scope, asker);
  if (walked === undefined) return null;
  const { result } = walked;
  if (!result.ok) return refused(result.reason, result.message);
  if (!Array.isArray(result.value)) return refused("not-a-list", "Its items are no list.");
  const fault = jsonFault(result.value);
  if (fault !== null) return refused("expression", `The result ${fault}.`);
  const { length } = result.value;
  if (length > max_items) return refused("too-many-items", `It has ${length} items; ${max_items} is the most.`);
  return { ok: true, input: result.value, output: null };
}

/**
 * Carries the items of a for-each on, the first ones first, some of them at once. The list is kept as its input, as the
 * expression may give another one the next time. Its output is what each came to, in order.
 */
export async function carryItems(
  run: Carrying,
  strand: Strand,
  { task, step, carry }: { task: Task; step: StepOf<"for-each">; carry: Carry },
): Promise<Stand> {
  const { state, journal, now } = run;
  let begun = state.known.get(task.id);
  if (begun?.status === "failed") return fail(run, strand, task, must(begun.failure, "a failed task says why"));
  if (begun === undefined) {
    if (run.isOver()) return STOPPED;
    const at = now();
    const found = await itemsOf(step, strand.scope, run.asker);
    if (found === null) return STOPPED;
    begun = journal.begin(task, { at, input: found.input });
    if (!found.ok) return settle(run, strand, task, begun, found) ?? STOPPED;
  }
  const items = begun.input as Json[];
  const isKept = strand.isKept || step.on_error === "continue";
  const within = [...strand.within, task];
  const results: Json[] = [];
  let next = 0;
  /** Takes items until none is left, or one cannot be gone on with. */
  const takeItems = async (): Promise<Stand> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const scope = { ...strand.scope, steps: { ...strand.scope.steps }, item: items[index] ?? null, index };
      const stand = await carry(run, { scope, isKept, within }, step.body);
      if (stand.is === "done") results[index] = stand.output;
      else if (stand.is === "failed" && step.on_error === "continue") results[index] = { error: { ...stand.failure } };
      else return stand;
    }
    return { is: "done", output: null };
  };
  const stands = items.length === 0 ? [] : await together(run, Math.min(step.at_once, items.length), takeItems);
  return close(run, strand, task, begun, standOf(stands) ?? { is: "done", output: results });
}
