import type { Accepted, Evidence, Fault, FoundRun, Hit } from "./evidence";
import { outputOf, STEPS, WORK_STEPS } from "./orders";

/** A promise that did not hold, for one thing. */
export interface Violation {
  rule: string;
  words: string;
}

/**
 * A step that had begun when its run was killed may still send its request: the beginning came first. Milliseconds
 * between the two that are no violation: how long a step may rely on what it saw (`FRESH_MS` in perform-task.ts), and what
 * a request may need to arrive on a machine with all its processors in use. That nothing begins after a kill is judged by
 * the database's own order, without any allowance.
 */
const BEGUN_BEFORE_KILL_MS = 250 + 750;

/** A poison run may have its worker killed once per try of the executor, and once more for the try that gives it up. */
const POISON_HITS_MOST = 12;

const FINAL = new Set(["succeeded", "failed", "cancelled", "killed"]);

type Rule = (evidence: Evidence) => string[];

const found = ({ runs }: Evidence, { order }: Accepted): readonly FoundRun[] => runs.get(order) ?? [];

const eachRun =
  (fault: (run: FoundRun, accepted: Accepted) => string | null): Rule =>
  (evidence) =>
    evidence.accepted.flatMap((accepted) =>
      found(evidence, accepted).flatMap((run) => {
        const words = fault(run, accepted);
        return words === null ? [] : [`order ${accepted.order}, ${run.id}: ${words}`];
      }),
    );

const onceEach: Rule = (evidence) =>
  evidence.accepted.flatMap((accepted) => {
    const runs = found(evidence, accepted);
    if (runs.length !== 1) return [`order ${accepted.order} has ${runs.length} runs`];
    return runs[0]?.id === accepted.runId ? [] : [`order ${accepted.order} is not the run it was confirmed as`];
  });

/** How a run has to end, by what was done to it; null when it has. */
function wrongEnd({ status, output, steps }: FoundRun, { order, isPoison, killedAt }: Accepted): string | null {
  if (!FINAL.has(status)) return `it is ${status}`;
  if (isPoison) return status === "failed" ? null : `its poison step left it ${status}`;
  if (killedAt !== null) return status === "killed" ? null : `its kill was confirmed, and it is ${status}`;
  if (status !== "succeeded") return `it is ${status}`;
  if (output !== outputOf(order)) return `its output is ${output}`;
  const unfinished = STEPS.filter((step) => steps[step] !== "succeeded");
  return unfinished.length === 0 ? null : `its steps ${unfinished.join(", ")} did not succeed`;
}

function wrongUse({ steps, metered }: FoundRun): string | null {
  const finished = Object.keys(steps).filter((step) => steps[step] === "succeeded");
  const counted = [...metered].sort();
  const expected = new Set(finished);
  if (new Set(counted).size !== counted.length) return `a step was metered twice: ${counted.join(", ")}`;
  const missing = finished.filter((step) => !counted.includes(step));
  const surplus = counted.filter((step) => !expected.has(step) && steps[step] !== "failed");
  return missing.length + surplus.length === 0
    ? null
    : `metered ${counted.join(", ")}, finished ${finished.join(", ")}`;
}

/**
 * What was on its way out when its process was frozen goes out once it is let go, whatever became of its run meanwhile:
 * milliseconds after that in which a request is no violation. The key that it carries tells the target that it is late.
 */
const THAW_MS = 500;

const wasFrozen = ({ faults }: Evidence, { at, worker }: Hit): boolean =>
  faults.some(
    (fault) => fault.kind === "freeze" && fault.worker === worker && at > fault.at && at < fault.until + THAW_MS,
  );

const byKey = (hits: readonly Hit[]) => Map.groupBy(hits, ({ key }) => key);

/**
 * A fault shows a moment later: what a process had sent when it died is read after its death, and a connection that was
 * cut is found dead when it is used again. Milliseconds.
 */
const AFTERMATH_MS = 1_000;

/** A fault that can have kept the first request's answer from being committed. */
const explains = (fault: Fault, first: Hit, second: Hit) =>
  fault.until + AFTERMATH_MS >= first.at &&
  fault.at <= second.at &&
  (fault.worker === null || first.worker === null || fault.worker === first.worker);

/** What happened around a repeat that nothing explains, for whoever has to find out. */
function unexplained(first: Hit | undefined, { key, at, worker }: Hit, evidence: Evidence): string {
  const { faults, stalls, sightings } = evidence;
  const since = (moment: number) => `${Math.round(moment - (first?.at ?? 0))} ms`;
  const nearby = faults
    .filter((fault) => Math.abs(fault.at - (first?.at ?? 0)) < 5_000)
    .map((fault) => `${fault.kind} of ${fault.worker ?? "everybody"} at ${since(fault.at)} to ${since(fault.until)}`);
  const again = `came again after ${since(at)}, from ${worker ?? "somebody"}`;
  const seen = (sightings.get(key) ?? []).map((sighting) => `${sighting.words} at ${since(sighting.at)}`);
  const still = stalls.map((stall) => `everything stood still from ${since(stall.at)} to ${since(stall.until)}`);
  const around = [...nearby, ...seen, ...still].join(", ");
  return `${key}, asked by ${first?.worker ?? "somebody"}, ${again}, without a fault of its worker; ${around}`;
}

const RULES: Readonly<Record<string, Rule>> = {
  "an accepted start is one run": onceEach,
  "every run ends as it must": eachRun(wrongEnd),
  "every finished step is metered once": eachRun(wrongUse),
  "every end leaves one receipt and one event": eachRun(({ endReceipts, endEvents }) =>
    endReceipts === 1 && endEvents === 1 ? null : `${endReceipts} receipts, ${endEvents} events`,
  ),
  "a finished step does not run again": (evidence) =>
    evidence.hits.flatMap((hit) => {
      const { at, key } = hit;
      if (wasFrozen(evidence, hit)) return [];
      const endedAt = evidence.endsSeen.get(key);
      return endedAt !== undefined && at > endedAt
        ? [`${key} was requested ${Math.round(at - endedAt)} ms after its end`]
        : [];
    }),
  "a repeat carries the key of the first request": ({ hits }) =>
    [...Map.groupBy(hits, ({ order, step }) => `${order}/${step}`)].flatMap(([what, ofStep]) => {
      const keys = new Set(ofStep.map(({ key }) => key));
      return keys.size === 1 ? [] : [`${what} came with ${keys.size} keys`];
    }),
  "a request is repeated for a fault only": (evidence) =>
    [...byKey(evidence.hits).values()].flatMap((ofKey) =>
      ofKey.slice(1).flatMap((second, place) => {
        const first = ofKey[place];
        const isExplained = first !== undefined && evidence.faults.some((fault) => explains(fault, first, second));
        return isExplained ? [] : [unexplained(first, second, evidence)];
      }),
    ),
  "no step begins once its run was killed": ({ begunLate }) => [...begunLate],
  "no request leaves after a confirmed kill": (evidence) =>
    evidence.accepted.flatMap(({ order, killedAt }) =>
      evidence.hits
        .filter((hit) => !wasFrozen(evidence, hit))
        .filter((hit) => hit.order === order && killedAt !== null && hit.at > killedAt + BEGUN_BEFORE_KILL_MS)
        .map((hit) => `${hit.key} was requested ${Math.round(hit.at - (killedAt ?? 0))} ms after its run's kill`),
    ),
  "a poison step is given up": ({ accepted, hits }) =>
    accepted
      .filter(({ isPoison }) => isPoison)
      .flatMap(({ order }) => {
        const count = hits.filter((hit) => hit.order === order).length;
        return count >= 2 && count <= POISON_HITS_MOST ? [] : [`order ${order} was tried ${count} times`];
      }),
  "every step asks its target": ({ accepted, hits }) =>
    accepted
      .filter(({ isPoison, killedAt }) => !isPoison && killedAt === null)
      .flatMap(({ order }) =>
        WORK_STEPS.filter((step) => !hits.some((hit) => hit.order === order && hit.step === step)).map(
          (step) => `${step} of order ${order} was never requested`,
        ),
      ),
  "the executor keeps nothing of what has ended": ({ leftovers }) => [...leftovers],
  "the chains hold": ({ chainFaults }) => [...chainFaults],
};

/** Everything that the product promised and did not keep; empty when it kept all of it. */
export function violationsOf(evidence: Evidence): Violation[] {
  return Object.entries(RULES).flatMap(([rule, check]) => check(evidence).map((words) => ({ rule, words })));
}
