import { describe, expect, it } from "vitest";
import type { Accepted, Evidence, Fault, FoundRun, Hit } from "./evidence";
import { violationsOf } from "./oracle";
import { outputOf, STEPS, WORK_STEPS } from "./orders";

const order = (over: Partial<Accepted> = {}): Accepted => ({
  ...{ order: "1", runId: "run_1", killedAt: null, isPoison: false },
  ...over,
});

const found = (over: Partial<FoundRun> = {}): FoundRun => ({
  ...{ id: "run_1", status: "succeeded", output: outputOf("1"), metered: [...STEPS], endReceipts: 1, endEvents: 1 },
  steps: Object.fromEntries(STEPS.map((step) => [step, "succeeded"])),
  ...over,
});

const hit = (over: Partial<Hit> = {}): Hit => ({
  ...{ at: 100, key: "run_1:first", order: "1", step: "first", worker: "worker-1" },
  ...over,
});
/** What its other steps ask, after that. */
const others = WORK_STEPS.slice(1).map((step) => hit({ at: 2_000, key: `run_1:${step}`, step }));

const kill = (over: Partial<Fault> = {}): Fault => ({
  ...{ kind: "kill", worker: "worker-1", at: 110, until: 110 },
  ...over,
});

/** One run that went well, without any fault. */
const sound = (over: Partial<Evidence> = {}): Evidence => ({
  ...{ accepted: [order()], faults: [], hits: [hit(), ...others], begunLate: [], leftovers: [], chainFaults: [] },
  ...{ sightings: new Map(), stalls: [] },
  ...{ runs: new Map([["1", [found()]]]), endsSeen: new Map([["run_1:first", 150]]) },
  ...over,
});

const withRun = (over: Partial<FoundRun>, accepted: Partial<Accepted> = {}) =>
  sound({ accepted: [order(accepted)], runs: new Map([["1", [found(over)]]]) });

const rulesOf = (evidence: Evidence) => violationsOf(evidence).map(({ rule }) => rule);

describe("the oracle", () => {
  it("has nothing to say of a run that went well", () => {
    expect(violationsOf(sound())).toEqual([]);
  });

  it("lets a request be repeated after its worker died, with the same key, before the step's end", () => {
    const repeat = hit({ at: 120, worker: "worker-2" });
    expect(violationsOf(sound({ hits: [hit(), repeat, ...others], faults: [kill()] }))).toEqual([]);
  });

  it("lets a frozen worker send what it had in hand, once it is let go", () => {
    const late = hit({ at: 900 });
    const freeze: Fault = { kind: "freeze", worker: "worker-1", at: 101, until: 890 };
    expect(violationsOf(sound({ hits: [hit(), late, ...others], faults: [freeze] }))).toEqual([]);
  });

  it.each([
    ["a start that was lost", "an accepted start is one run", sound({ runs: new Map() })],
    [
      "a start that became two runs",
      "an accepted start is one run",
      sound({ runs: new Map([["1", [found(), found({ id: "run_2" })]]]) }),
    ],
    ["a run that never ends", "every run ends as it must", withRun({ status: "running" })],
    ["a run that failed for no fault of its target", "every run ends as it must", withRun({ status: "failed" })],
    ["an output of the wrong run", "every run ends as it must", withRun({ output: outputOf("2") })],
    ["a killed run that succeeded", "every run ends as it must", withRun({}, { killedAt: 5_000 })],
    ["a step counted twice", "every finished step is metered once", withRun({ metered: [...STEPS, "first"] })],
    ["a step not counted", "every finished step is metered once", withRun({ metered: STEPS.slice(1) })],
    ["an end without a receipt", "every end leaves one receipt and one event", withRun({ endReceipts: 0 })],
    ["an end told twice", "every end leaves one receipt and one event", withRun({ endEvents: 2 })],
    [
      "a finished step that ran again",
      "a finished step does not run again",
      sound({ hits: [hit(), hit({ at: 200, worker: "worker-2" }), ...others], faults: [kill()] }),
    ],
    [
      "a repeat under another key",
      "a repeat carries the key of the first request",
      sound({ hits: [hit(), hit({ at: 120, key: "run_1:first:2" }), ...others] }),
    ],
    [
      "a repeat that nothing explains",
      "a request is repeated for a fault only",
      sound({ hits: [hit(), hit({ at: 120 }), ...others] }),
    ],
    [
      "a repeat after another worker's death",
      "a request is repeated for a fault only",
      sound({ hits: [hit(), hit({ at: 120 }), ...others], faults: [kill({ worker: "worker-3" })] }),
    ],
    [
      "a request that leaves long after the kill",
      "no request leaves after a confirmed kill",
      sound({ accepted: [order({ killedAt: 200 })], runs: new Map([["1", [found({ status: "killed" })]]]) }),
    ],
    [
      "a poison step that is tried for ever",
      "a poison step is given up",
      sound({
        accepted: [order({ isPoison: true })],
        runs: new Map([["1", [found({ status: "failed" })]]]),
        hits: Array.from({ length: 40 }, (_, place) => hit({ at: place, worker: null })),
        faults: [kill({ at: 0, until: 40 })],
      }),
    ],
    [
      "a step that was begun after the kill",
      "no step begins once its run was killed",
      sound({ begunLate: ["run_1:second"] }),
    ],
    ["a step that was skipped", "every step asks its target", sound({ hits: [hit()] })],
    ["a job that was left over", "the executor keeps nothing of what has ended", sound({ leftovers: ["call step"] })],
    ["a chain that is broken", "the chains hold", sound({ chainFaults: ["receipts: hash at 3"] })],
  ])("sees %s", (_, rule, evidence) => {
    expect(rulesOf(evidence)).toContain(rule);
  });
});
