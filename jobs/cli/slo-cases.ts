import { z } from "zod";
import { rejectionChance } from "@/server/guardrails/domain/client-throttle";
import { afterSignal, SIGNALS } from "@/server/guardrails/domain/multiplier";
import type { Json } from "@/server/kernel/json";
import { burnRate, factorOf } from "@/server/slos/domain/burn";
import { detection, eventsForQuiet, type Outage, reset, unreachableUpTo } from "@/server/slos/domain/detection";
import { minutesToExhaustion } from "@/server/slos/domain/forecast";
import { lowerBound } from "@/server/slos/domain/guard";
import { BUDGET_STATES, budgetState } from "@/server/slos/domain/hysteresis";
import { isTimeZone, periodAt } from "@/server/slos/domain/period";
import { decimal, floorOf, isMore, minus, numberOf, per, rational, times } from "@/server/slos/domain/rational";
import { DAY_MINUTES, PPM } from "@/server/slos/domain/slo";
import { BUDGETING_METHODS, budgetSpent } from "@/server/slos/domain/timeslices";

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const minutes = z.int().min(1).max(10_000_000);
const positive = z.number().gt(0).max(1e9);
const ratio = z.number().min(0).max(1);
/** A target as a fraction of 1, of whole millionths. */
const target = z
  .number()
  .gt(0)
  .lt(1)
  .refine((value) => times(decimal(value), rational(PPM)).denominator === 1n, "must be of whole millionths");
const ppmOf = (fraction: number) => floorOf(times(decimal(fraction), rational(PPM)));
const budgetOf = (fraction: number) => minus(rational(1), decimal(fraction));
/** Seconds of a period that may be bad. */
const budgetSeconds = (fraction: number, seconds: number) => numberOf(times(budgetOf(fraction), decimal(seconds)));

const watched = { target, error_ratio: ratio.gt(0), burn: positive, long_min: minutes, short_min: minutes };
const outageOf = (of: z.output<z.ZodObject<typeof watched>>): Outage => ({
  ...{ errorRatio: decimal(of.error_ratio), budget: budgetOf(of.target), factor: decimal(of.burn) },
  ...{ longMinutes: of.long_min, shortMinutes: of.short_min },
});

/** A kind of question: what it needs, and how it is answered. */
interface Kind {
  answer: (input: unknown) => Json;
}
const kind = <Input extends z.ZodType>(input: Input, answer: (asked: z.output<Input>) => Json): Kind => ({
  answer: (asked) => answer(input.parse(asked)),
});

const twoCounts = z
  .object({ good: count, total: count, target })
  .refine(({ good, total }) => good <= total, { path: ["good"], message: "must not be more than total" });

/** `2026-11-01T04:00:00+00:00` */
const utc = (at: Date) => at.toISOString().replace(/\.000Z$/, "+00:00");

const KINDS: Readonly<Record<string, Kind>> = {
  burn_threshold: kind(
    z.object({ period_days: positive, budget_pct: positive.max(100), long_window_h: positive }),
    ({ period_days, budget_pct, long_window_h }) =>
      factorOf(
        { budgetPercent: budget_pct },
        { windowMinutes: long_window_h * 60, periodMinutes: period_days * DAY_MINUTES },
      ),
  ),
  time_budget_s: kind(z.object({ target, period_days: positive }), ({ target: promised, period_days }) =>
    budgetSeconds(promised, period_days * 86_400),
  ),
  max_burn_rate: kind(z.object({ target }), ({ target: promised }) => numberOf(per(rational(1), budgetOf(promised)))),
  max_unreachable_target: kind(z.object({ burn: positive }), ({ burn }) => unreachableUpTo(decimal(burn))),
  burn_rate: kind(twoCounts, ({ good, total, target: promised }) =>
    burnRate({ good, total }, { targetPpm: ppmOf(promised) }),
  ),
  detection: kind(z.object(watched), (asked) => {
    const { seconds, minutes: closed } = detection(outageOf(asked));
    return { continuous_s: seconds, minute_bucket_eval_min: closed };
  }),
  reset: kind(z.object({ ...watched, outage_min: minutes }), (asked) => {
    const { minutes: closed, longMinutesOnly } = reset(outageOf(asked), asked.outage_min);
    return { mwmb_reset_min: closed, long_window_only_reset_min: longMinutesOnly };
  }),
  min_events_single_failure_quiet: kind(z.object({ target, burn: positive }), ({ target: promised, burn }) =>
    eventsForQuiet({ budget: budgetOf(promised), factor: decimal(burn) }),
  ),
  cp_lower95: kind(
    z
      .object({ bad: count, total: count.min(1), target, burn: positive, min_bad: count })
      .refine(({ bad, total }) => bad <= total, { path: ["bad"], message: "must not be more than total" }),
    ({ bad, total, target: promised, burn, min_bad }) => {
      const allowed = times(decimal(burn), budgetOf(promised));
      const bound = lowerBound({ good: total - bad, total }, 950_000);
      return {
        ...{ point_burn: burnRate({ good: total - bad, total }, { targetPpm: ppmOf(promised) }), lower_bound: bound },
        point_fires: isMore(rational(bad, total), allowed),
        guard_fires: bad >= min_bad && bound > numberOf(allowed),
      };
    },
  ),
  budget_consumed: kind(
    z
      .object({
        ...{ good: z.array(count).min(1).max(100_000), total: z.array(count).min(1).max(100_000) },
        ...{ target, timeslice_target: target.optional(), method: z.enum(BUDGETING_METHODS) },
      })
      .refine(({ good, total }) => good.length === total.length, {
        path: ["good"],
        message: "must be as long as total",
      }),
    ({ good, total, target: promised, timeslice_target, method }) =>
      budgetSpent(
        method,
        total.map((all, place) => ({ good: good[place] ?? 0, total: all })),
        { targetPpm: ppmOf(promised), goodPpm: ppmOf(timeslice_target ?? promised) },
      ),
  ),
  calendar_month: kind(
    z.object({
      ...{ year: z.int().min(1970).max(9999), month: z.int().min(1).max(12), target },
      tz: z.string().refine(isTimeZone, "must be a time zone such as Europe/Berlin"),
    }),
    ({ year, month, tz, target: promised }) => {
      const middle = new Date(Date.UTC(year, month - 1, 15));
      const { from, to, minutes: length } = periodAt({ kind: "calendar", unit: "month", timeZone: tz }, middle);
      return { start: utc(from), end: utc(to), seconds: length * 60, budget_s: budgetSeconds(promised, length * 60) };
    },
  ),
  time_to_exhaustion_days_calendar: kind(
    z.object({ period_days: positive, remaining: z.number().max(1), burn: z.number().min(0).max(1e9) }),
    ({ period_days, remaining, burn }) => {
      const left = minutesToExhaustion({ left: remaining, burnRate: burn, periodMinutes: period_days * DAY_MINUTES });
      return left === null ? null : left / DAY_MINUTES;
    },
  ),
  status_hysteresis: kind(
    z.object({
      ...{ frm: z.enum(BUDGET_STATES), remaining_pct: z.number() },
      ...{ at_risk: z.number(), up_margin: z.number(), exhausted_exit: z.number() },
    }),
    ({ frm, remaining_pct, at_risk, up_margin, exhausted_exit }) =>
      budgetState(frm, remaining_pct, { atRisk: at_risk, upMargin: up_margin, exhaustedExit: exhausted_exit }),
  ),
  client_throttle_p: kind(z.object({ requests: count, accepts: count, K: positive }), ({ requests, accepts, K }) =>
    rejectionChance({ requests, accepts, k: K }),
  ),
  guardrail: kind(
    z.object({ start: ratio, floor: ratio, events: z.array(z.enum(SIGNALS)).max(100_000) }),
    ({ start, floor, events }) => {
      let multiplier = start;
      return events.map((signal) => (multiplier = afterSignal(multiplier, signal, floor)));
    },
  ),
};

/** The kinds of questions that are answered. */
export const CASE_KINDS = Object.keys(KINDS);

const caseSchema = z.object({ id: z.string().min(1).max(200), kind: z.string(), input: z.unknown() });
export type CaseAnswer = { id: string; value: Json } | { id: string; unanswered: string };

/** A case that cannot be answered as it stands. */
export class CaseError extends Error {
  override readonly name = "CaseError";
}

/** Answers cases in their order; of a kind that there is not, it says so. Throws CaseError with the path of a fault. */
export function answerCases(asked: unknown): CaseAnswer[] {
  if (!Array.isArray(asked)) throw new CaseError("The file must hold a list of cases.");
  return asked.map((one: unknown, place) => {
    const parsed = caseSchema.safeParse(one);
    if (!parsed.success) throw new CaseError(faultOf(parsed.error, String(place)));
    const { id, kind: name, input } = parsed.data;
    const known = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (known === undefined) return { id, unanswered: `there is no kind ${name}` };
    try {
      return { id, value: known.answer(input) };
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      throw new CaseError(faultOf(error, `${place} (${id}).input`));
    }
  });
}

function faultOf({ issues: [issue] }: z.ZodError, at: string): string {
  return `${[at, ...(issue?.path ?? [])].join(".")}: ${issue?.message ?? "is not valid"}`;
}
