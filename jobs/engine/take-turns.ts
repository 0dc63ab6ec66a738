import { ALL_LANES, type Lane, LANES, WEIGHTS } from "./lanes";

/** Whose turn it is, as one worker remembers it: each that shares fairly by itself shares fairly with the others. */
export interface Turns {
  /** Of each lane, the tenant that had the last turn. */
  after: Record<Lane, string>;
  /** How much of its share each lane has had; it grows by one over its weight. */
  passed: Record<Lane, number>;
  /** How far the lane at its turn had come: one that was empty comes in here, and has saved up nothing. */
  now: number;
}

const perLane = <T>(value: T) => Object.fromEntries(ALL_LANES.map((lane) => [lane, value])) as Record<Lane, T>;

export const firstTurns = (): Turns => ({ after: perLane(""), passed: perLane(0), now: 0 });

interface Waiting {
  lane: Lane;
  tenantId: string;
}

const comesAt = ({ passed, now }: Turns, lane: Lane) => Math.max(passed[lane], now);

/** The lane whose turn it is among these: the system's, or the one that has had the least of its share. */
function nextLane(turns: Turns, lanes: readonly Lane[]): Lane | undefined {
  return [...lanes].sort((a, b) => {
    if (a === LANES.system || b === LANES.system) return a - b;
    return comesAt(turns, a) - comesAt(turns, b) || a - b;
  })[0];
}

/** Counts a turn that was had. */
function pass(turns: Turns, { lane, tenantId }: Waiting): void {
  turns.after[lane] = tenantId;
  if (lane === LANES.system) return;
  turns.now = comesAt(turns, lane);
  turns.passed[lane] = turns.now + 1 / WEIGHTS[lane];
}

/** Puts calls, which stand in their order within each lane, into one order among the lanes. */
export function inFairOrder<Call extends Waiting>(turns: Turns, calls: readonly Call[]): Call[] {
  const copy: Turns = { ...turns, after: { ...turns.after }, passed: { ...turns.passed } };
  const queues = new Map<Lane, Call[]>();
  for (const call of calls) {
    const queue = queues.get(call.lane);
    if (queue === undefined) queues.set(call.lane, [call]);
    else queue.push(call);
  }
  const ordered: Call[] = [];
  for (let lane = nextLane(copy, [...queues.keys()]); lane !== undefined; lane = nextLane(copy, [...queues.keys()])) {
    const queue = queues.get(lane) ?? [];
    const call = queue.shift();
    if (queue.length === 0) queues.delete(lane);
    if (call === undefined) continue;
    pass(copy, call);
    ordered.push(call);
  }
  return ordered;
}

/** Counts the turns of those that were taken, in their order. */
export function countTurns(turns: Turns, taken: readonly Waiting[]): void {
  for (const call of taken) pass(turns, call);
}
