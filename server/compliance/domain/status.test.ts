import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTROLS } from "@/policies/controls";
import { must } from "@/server/kernel/errors";
import { type CollectedItem, type ControlFact, PROBE_OUTCOMES } from "./found";
import { CONTROL_STATES, type ControlState, statusOf } from "./status";
import { verdictOn } from "./verdict";

const DAY = 86_400_000;
const START = Date.parse("2026-01-01T00:00:00.000Z");
const at = (hours: number) => new Date(START + hours * 3_600_000);
const base = must(CONTROLS.controls[0], "there are controls");
/** One of each shape: a probe, a probe and evidence, two kinds of evidence. */
const shapes = [
  { ...base, probes: ["tenant-walls"], evidenceKinds: [], cadenceDays: 1 },
  { ...base, probes: ["tenant-walls", "drift-clean"], evidenceKinds: ["sbom"], cadenceDays: 7 },
  { ...base, probes: [], evidenceKinds: ["sbom", "provenance"], cadenceDays: 30 },
] as const;

const factOf = fc.record({
  id: fc.uuid(),
  probe: fc.constantFrom("tenant-walls", "drift-clean" as const),
  outcome: fc.constantFrom(...PROBE_OUTCOMES),
  reason: fc.constant("Found."),
  observedAt: fc.integer({ min: 0, max: 2_400 }).map(at),
});
const FACTS = {
  sbom: { good: { components: 3 }, bad: { components: 0 }, unknown: {} },
  provenance: {
    good: { isOfRelease: true, uncommittedChanges: false },
    bad: { isOfRelease: false, uncommittedChanges: false },
    unknown: {},
  },
} as const;
const itemOf = fc
  .record({
    ...{ id: fc.uuid(), kind: fc.constantFrom("sbom", "provenance" as const), title: fc.constant("Item") },
    ...{ collectedAt: fc.integer({ min: 0, max: 2_400 }).map(at) },
    says: fc.constantFrom("good", "good", "bad", "unknown" as const),
  })
  .map(({ says, ...item }): CollectedItem => ({ ...item, facts: FACTS[item.kind][says] }));
const history = fc.record({
  control: fc.constantFrom(...shapes),
  facts: fc.array(factOf, { maxLength: 12 }),
  items: fc.array(itemOf, { maxLength: 6 }),
  moment: fc.integer({ min: 0, max: 3_000 }),
});
type History = { facts: ControlFact[]; items: CollectedItem[] };
const RUNS = { numRuns: 20_000 };
const rank = (state: ControlState) => CONTROL_STATES.indexOf(state);
const stateOf = (control: (typeof shapes)[number], { facts, items }: History, moment: Date) =>
  statusOf(control, { facts, items, exceptions: [] }, moment);

describe("the state of a control", () => {
  it("does not depend on the order of what was found", () => {
    const turned = history.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.shuffledSubarray(one.facts, { minLength: one.facts.length }),
        fc.shuffledSubarray(one.items, { minLength: one.items.length }),
      ),
    );
    fc.assert(
      fc.property(turned, ([{ control, moment, ...known }, facts, items]) => {
        const [one, other] = [known, { facts, items }].map((each) => stateOf(control, each, at(moment)));
        expect([other?.state, other?.why, other?.nextDueAt]).toEqual([one?.state, one?.why, one?.nextDueAt]);
      }),
      RUNS,
    );
  });

  it("is never better for one more failure, or for one more thing that is unknown now", () => {
    fc.assert(
      fc.property(history, factOf, ({ control, moment, facts, items }, fact) => {
        const before = stateOf(control, { facts, items }, at(moment)).state;
        const failed = { ...fact, outcome: "fail" as const };
        const after = stateOf(control, { facts: [...facts, failed], items }, at(moment)).state;
        // A newer failure hides what was worse nowhere: nothing is worse.
        expect(rank(after)).toBeLessThanOrEqual(rank(before));
      }),
      RUNS,
    );
  });

  it("is never better for one more piece of bad news, and fails where that is the newest", () => {
    fc.assert(
      fc.property(history, itemOf, ({ control, moment, facts, items }, item) => {
        const before = stateOf(control, { facts, items }, at(moment)).state;
        const bad = { ...item, facts: FACTS[item.kind === "sbom" ? "sbom" : "provenance"].bad };
        const after = stateOf(control, { facts, items: [...items, bad] }, at(moment)).state;
        const isOlder = items.some(
          ({ kind, collectedAt }) => kind === bad.kind && collectedAt > bad.collectedAt && collectedAt <= at(moment),
        );
        if (!isOlder) expect(rank(after)).toBeLessThanOrEqual(rank(before));
        const counts = control.evidenceKinds.some((kind) => kind === bad.kind) && bad.collectedAt <= at(moment);
        if (counts && !isOlder) expect(after).toBe("failing");
      }),
      RUNS,
    );
  });

  it("is only worse later, while nothing new is found", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 5_000 }), ({ control, facts, items }, later) => {
        const seen = at(2_400);
        const now = stateOf(control, { facts, items }, seen).state;
        const then = stateOf(control, { facts, items }, new Date(seen.getTime() + later * 3_600_000)).state;
        expect(rank(then)).toBeLessThanOrEqual(rank(now));
      }),
      RUNS,
    );
  });

  it("passes only where every probe held, and every kind of evidence is there, in time", () => {
    fc.assert(
      fc.property(history, ({ control, moment, facts, items }) => {
        const now = at(moment);
        if (stateOf(control, { facts, items }, now).state !== "passing") return;
        const young = (found: Date) =>
          found <= now && now.getTime() - found.getTime() <= 1.5 * control.cadenceDays * DAY;
        for (const probe of control.probes)
          expect(facts.some((one) => one.probe === probe && one.outcome === "pass" && young(one.observedAt))).toBe(
            true,
          );
        for (const kind of control.evidenceKinds)
          expect(
            items.some(
              (one) => one.kind === kind && young(one.collectedAt) && verdictOn(kind, one.facts).says === "good",
            ),
          ).toBe(true);
      }),
      RUNS,
    );
  });

  it("knows nothing of what comes later, and is unknown without a history", () => {
    fc.assert(
      fc.property(history, ({ control, moment, facts, items }) => {
        const past = {
          facts: facts.filter(({ observedAt }) => observedAt <= at(moment)),
          items: items.filter(({ collectedAt }) => collectedAt <= at(moment)),
        };
        const all = stateOf(control, { facts, items }, at(moment));
        expect(stateOf(control, past, at(moment))).toEqual(all);
        expect(stateOf(control, { facts: [], items: [] }, at(moment)).state).toBe("unknown");
      }),
      RUNS,
    );
  });

  it.each([
    ["fail", "failing"],
    ["unknown", "unknown"],
  ] as const)("counts %s where a probe held and did not at one moment", (outcome, state) => {
    const held: ControlFact = { id: "a", probe: "tenant-walls", outcome: "pass", reason: "Held.", observedAt: at(1) };
    expect(stateOf(shapes[0], { facts: [held, { ...held, id: "b", outcome }], items: [] }, at(2)).state).toBe(state);
  });

  it("keeps its state under an exception, which ends by itself", () => {
    const facts: ControlFact[] = [
      { id: "f", probe: "tenant-walls", outcome: "fail", reason: "A wall is down.", observedAt: at(1) },
    ];
    const exceptions = [{ id: "e", reason: "Being mended.", recordedAt: at(2), expiresAt: at(10), endedAt: null }];
    const asked = (hours: number) => statusOf(shapes[0], { facts, items: [], exceptions }, at(hours));
    expect(asked(1)).toMatchObject({ state: "failing", exception: null });
    expect(asked(9)).toMatchObject({ state: "failing", exception: { reason: "Being mended." } });
    expect(asked(10)).toMatchObject({ state: "failing", exception: null });
    const ended = exceptions.map((each) => ({ ...each, endedAt: at(5) }));
    const before = statusOf(shapes[0], { facts, items: [], exceptions: ended }, at(4));
    const after = statusOf(shapes[0], { facts, items: [], exceptions: ended }, at(5));
    expect([before.exception?.id, after.exception]).toEqual(["e", null]);
  });
});
