import { PERIOD } from "./alert";
import { type Counts, NONE } from "./counts";
import { type AlertChange, judgeSlo, type Standing } from "./judge-slo";
import { type Period, periodAt } from "./period";
import type { SloSpec } from "./slo";

const MINUTE_MS = 60_000;

/** What a minute came to, by its close in milliseconds. Minutes without events are left out. */
export type History = ReadonlyMap<number, Counts>;

/** An alert as it would have been; without an end where it would still be on. */
export interface PastAlert {
  ruleId: string;
  severity: AlertChange["severity"];
  openedAt: Date;
  closedAt: Date | null;
}

interface Sum {
  name: string;
  /** Its begin, excluded, for a window that ends then. */
  beginOf(at: number): number;
  from: number;
  good: number;
  total: number;
}

/** The period at each of many moments in their order: a calendar is asked once per month, as it takes its time. */
function periodsOf({ window }: SloSpec): (at: number) => Period {
  let last: Period | null = null;
  return (at) => {
    if (window.kind === "rolling") return periodAt(window, new Date(at));
    if (last === null || at <= last.from.getTime() || at > last.to.getTime()) last = periodAt(window, new Date(at));
    return last;
  };
}

function sumsOf({ alerts, backstop }: SloSpec, periods: (at: number) => Period): Sum[] {
  const lengths = new Set([...alerts.flatMap((rule) => [rule.longMinutes, rule.shortMinutes]), backstop.windowMinutes]);
  const kept = (name: string, beginOf: (at: number) => number): Sum => ({
    ...{ name, beginOf, from: Number.NEGATIVE_INFINITY, good: 0, total: 0 },
  });
  return [
    ...[...lengths].map((minutes) => kept(String(minutes), (at) => at - minutes * MINUTE_MS)),
    kept(PERIOD, (at) => periods(at).from.getTime()),
  ];
}

/** One minute as the objective counts it: its events, or one slice. */
function counted({ method }: SloSpec, { good, total }: Counts): Counts {
  if (method.kind === "occurrences" || total === 0) return { good, total };
  return { good: good * 1_000_000 >= method.goodPpm * total ? 1 : 0, total: 1 };
}

function move(
  sum: Sum,
  minutes: readonly (readonly [number, Counts])[],
  at: number,
  now: Counts,
  left: { place: number },
) {
  sum.good += now.good;
  sum.total += now.total;
  sum.from = sum.beginOf(at);
  for (let next = minutes[left.place]; next !== undefined && next[0] <= sum.from; next = minutes[left.place]) {
    sum.good -= next[1].good;
    sum.total -= next[1].total;
    left.place += 1;
  }
}

/**
 * The alerts that an objective would have had from one moment to another, had it been judged at the close of each minute:
 * by the same rules as the living ones. What lies before `from` is counted, and opens nothing.
 */
export function backtest(spec: SloSpec, history: History, { from, to }: { from: Date; to: Date }): PastAlert[] {
  const minutes = [...history].sort(([a], [b]) => a - b).map(([at, counts]) => [at, counted(spec, counts)] as const);
  const periods = periodsOf(spec);
  const sums = sumsOf(spec, periods).map((sum) => ({ sum, left: { place: 0 } }));
  const on = new Map<string, PastAlert>();
  const past: PastAlert[] = [];
  let wasLastBad: boolean | null = null;
  const first = Math.min(minutes[0]?.[0] ?? to.getTime(), from.getTime());
  const begin = Math.floor(first / MINUTE_MS) * MINUTE_MS;
  const byMinute = new Map(minutes);
  for (let at = begin; at <= to.getTime(); at += MINUTE_MS) {
    const now = byMinute.get(at) ?? NONE;
    if (now.total > 0) wasLastBad = now.good < now.total;
    for (const { sum, left } of sums) move(sum, minutes, at, now, left);
    const hasBad = sums.some(({ sum }) => sum.total > sum.good);
    if (at < from.getTime() || (!hasBad && on.size === 0)) continue;
    const closed = new Date(at);
    const period = periods(at);
    const standing: Standing = {
      ...{ spec, wasLastBad, periodMinutes: period.minutes },
      windows: new Map(sums.map(({ sum: { name, good, total } }) => [name, { good, total }])),
      countedMinutes: Math.round((at - begin) / MINUTE_MS),
      elapsedMinutes: Math.round((at - period.from.getTime()) / MINUTE_MS),
      on: new Set(on.keys()),
    };
    for (const { ruleId, severity, isOn } of judgeSlo(standing)) {
      const known = on.get(ruleId);
      if (isOn && known === undefined) {
        const alert: PastAlert = { ruleId, severity, openedAt: closed, closedAt: null };
        on.set(ruleId, alert);
        past.push(alert);
      } else if (!isOn && known !== undefined) {
        known.closedAt = closed;
        on.delete(ruleId);
      }
    }
  }
  return past;
}
