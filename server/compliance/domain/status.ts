import type { Control } from "./control";
import { type ControlException, exceptionState } from "./exception";
import type { CollectedItem, ControlFact } from "./found";
import { EACH_COUNTS, verdictOn } from "./verdict";
import type { EvidenceKind, ProbeName } from "./words";

/** Worst first: of several, the first of these counts. */
export const CONTROL_STATES = ["failing", "unknown", "stale", "partial", "passing"] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

export interface ControlStatus {
  control: Control;
  state: ControlState;
  /** What it follows from: facts and evidence by id; no id where something is missing. */
  why: { factId: string | null; text: string; at: Date | null }[];
  evidenceIds: string[];
  /** When the oldest of what counts was found; null while nothing was. */
  observedAt: Date | null;
  nextDueAt: Date | null;
  /** Accepted for a time; the state stays what it is. */
  exception: Pick<ControlException, "id" | "reason" | "expiresAt"> | null;
}

const DAY_MS = 86_400_000;
/** What is due may come such a part of its cadence late. */
const LATE_SHARE = 0.5;

const worst = (states: readonly ControlState[]): ControlState =>
  CONTROL_STATES.find((state) => states.includes(state)) ?? "passing";

const isStale = (found: Date, cadenceDays: number, at: Date) =>
  at.getTime() - found.getTime() > cadenceDays * DAY_MS * (1 + LATE_SHARE);

interface Part {
  state: ControlState;
  why: ControlStatus["why"][number];
}

const OUTCOME_STATES = { fail: "failing", unknown: "unknown", pass: "passing" } as const;
const moment = (at: Date) => at.toISOString();

/** The newest of what a probe found; of several at one moment the worst. */
function newestFact(facts: readonly ControlFact[]): ControlFact | undefined {
  const rank = ({ outcome }: ControlFact) => CONTROL_STATES.indexOf(OUTCOME_STATES[outcome]);
  return [...facts].sort(
    (a, b) => b.observedAt.getTime() - a.observedAt.getTime() || rank(a) - rank(b) || (a.id < b.id ? -1 : 1),
  )[0];
}

function partOfProbe(probe: ProbeName, facts: readonly ControlFact[], cadenceDays: number, at: Date): Part {
  const fact = newestFact(facts);
  if (fact === undefined)
    return { state: "unknown", why: { factId: null, text: `${probe} has not run yet.`, at: null } };
  const { id: factId, observedAt, outcome, reason } = fact;
  const isOld = outcome === "pass" && isStale(observedAt, cadenceDays, at);
  const state = isOld ? "stale" : OUTCOME_STATES[outcome];
  const text = isOld ? `${probe} last held at ${moment(observedAt)}, which is too long ago.` : `${probe}: ${reason}`;
  return { state, why: { factId, text, at: observedAt } };
}

interface Judged {
  item: CollectedItem;
  state: "failing" | "unknown" | "passing";
  because: string;
}

const VERDICT_STATES = { bad: "failing", unknown: "unknown", good: "passing" } as const;

/** What the evidence of a kind says: the newest item; of several at one moment, or where each counts, the worst. */
function judgedEvidence(kind: EvidenceKind, items: readonly CollectedItem[], since: number): Judged | undefined {
  const newest = Math.max(...items.map(({ collectedAt }) => collectedAt.getTime()));
  const oldest = EACH_COUNTS.includes(kind) ? Math.min(newest, since) : newest;
  const judged = items
    .filter(({ collectedAt }) => collectedAt.getTime() >= oldest)
    .map((item): Judged => {
      const { says, because } = verdictOn(kind, item.facts);
      return { item, state: VERDICT_STATES[says], because };
    });
  const rank = ({ state }: Judged) => CONTROL_STATES.indexOf(state);
  return judged.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      b.item.collectedAt.getTime() - a.item.collectedAt.getTime() ||
      (a.item.id < b.item.id ? -1 : 1),
  )[0];
}

function partOfEvidence(
  kind: EvidenceKind,
  items: readonly CollectedItem[],
  { cadenceDays, at, isAlone }: { cadenceDays: number; at: Date; isAlone: boolean },
): Part {
  const lacking = isAlone ? "unknown" : "partial";
  const judged = judgedEvidence(kind, items, at.getTime() - cadenceDays * DAY_MS);
  if (judged === undefined) {
    const text = `No evidence of the kind ${kind} was collected yet.`;
    return { state: lacking, why: { factId: null, text, at: null } };
  }
  const { item, because } = judged;
  const text = because === "" ? `${kind}: ${item.title}` : `${kind}: ${item.title} (${because})`;
  const why = { factId: item.id, text, at: item.collectedAt };
  const said = judged.state === "unknown" ? lacking : judged.state;
  return { state: worst([said, isStale(item.collectedAt, cadenceDays, at) ? "stale" : "passing"]), why };
}

/**
 * The state of a control at a moment, of what was known then: each probe and each kind of evidence says one, and the worst
 * counts. What nobody found is unknown; an exception never changes a state.
 */
export function statusOf(
  control: Control,
  known: {
    facts: readonly ControlFact[];
    items: readonly CollectedItem[];
    exceptions: readonly ControlException[];
  },
  at: Date,
): ControlStatus {
  const { cadenceDays } = control;
  const facts = known.facts.filter(({ observedAt }) => observedAt <= at);
  const items = known.items.filter(({ collectedAt }) => collectedAt <= at);
  // Nothing else shows that any of it holds.
  const isAlone =
    control.probes.length === 0 &&
    !items.some(
      ({ kind, facts: told }) => control.evidenceKinds.includes(kind) && verdictOn(kind, told).says === "good",
    );
  const parts = [
    ...control.probes.map((probe) =>
      partOfProbe(
        probe,
        facts.filter((fact) => fact.probe === probe),
        cadenceDays,
        at,
      ),
    ),
    ...control.evidenceKinds.map((kind) =>
      partOfEvidence(
        kind,
        items.filter((item) => item.kind === kind),
        { cadenceDays, at, isAlone },
      ),
    ),
  ];
  const moments = parts.flatMap(({ why }) => (why.at === null ? [] : [why.at.getTime()]));
  const observedAt = moments.length === 0 ? null : new Date(Math.min(...moments));
  const [exception] = known.exceptions
    .filter((each) => each.recordedAt <= at && exceptionState(each, at) === "in-force")
    .sort((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime());
  return {
    ...{ control, state: worst(parts.map(({ state }) => state)), why: parts.map(({ why }) => why), observedAt },
    evidenceIds: items.filter(({ kind }) => control.evidenceKinds.includes(kind)).map(({ id }) => id),
    nextDueAt: observedAt === null ? null : new Date(observedAt.getTime() + cadenceDays * DAY_MS),
    exception:
      exception === undefined ? null : { id: exception.id, reason: exception.reason, expiresAt: exception.expiresAt },
  };
}
