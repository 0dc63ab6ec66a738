import { parseAllDocuments } from "yaml";
import { decimal, exactText, floorOf, per, rational, type Rational, times } from "@/server/slos/domain/rational";
import { type AlertRule, DAY_MINUTES, longestPeriod, type SloWindow } from "@/server/slos/domain/slo";
import { SLIS, type Sli } from "@/server/slos/domain/sli";
import { ANNOTATION } from "./openslo";
import {
  type OpenSloCondition,
  type OpenSloFile,
  openSloSchema,
  type OpenSloPolicy,
  type OpenSloSlo,
} from "./openslo-schema";
import { durationText } from "./series";

/** A file that cannot be read, with the place in it. */
export class OpenSloError extends Error {
  override readonly name = "OpenSloError";
}

/** Says what is not taken over as it stands. */
export type Warn = (at: string, reason: string) => void;

/** Reads all objects of a file; throws OpenSloError with the place of the first fault. */
export function readOpenSlo(text: string): OpenSloFile {
  const documents = parseAllDocuments(text, { schema: "failsafe" });
  return [...documents].map((document, place) => {
    const [broken] = document.errors;
    if (broken !== undefined) throw new OpenSloError(`object ${place + 1}: ${broken.message.split("\n")[0] ?? ""}`);
    const parsed = openSloSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new OpenSloError(`object ${place + 1}: ${issue?.path.join(".") || "the whole"}: ${issue?.message ?? ""}`);
  });
}

/** Which of our SLIs an objective is about: as its annotation says, else by how it or its indicator is called. */
export function sliOf({ metadata, spec }: OpenSloSlo): Sli | null {
  const names = [
    metadata.annotations?.[`${ANNOTATION}sli`],
    metadata.name,
    spec.indicatorRef,
    spec.indicator?.metadata.name,
  ];
  return SLIS.find((sli) => names.some((name) => name === sli || name?.endsWith(`-${sli}`))) ?? null;
}

/** A fraction of 1 as percent, digit by digit. */
export const percentText = (fraction: string): string => exactText(times(decimal(Number(fraction)), rational(100)));

const MINUTES = { m: 1, h: 60, d: DAY_MINUTES, w: 7 * DAY_MINUTES } as const;
const isLength = (unit: string): unit is keyof typeof MINUTES => unit in MINUTES;

/** Minutes of a duration; null where its unit has no fixed length. */
export function minutesOf(text: string): number | null {
  const unit = text.slice(-1);
  return isLength(unit) ? Number(text.slice(0, -1)) * MINUTES[unit] : null;
}

/** What the window says in our words, or null where nothing of ours is like it. */
export function windowOf({ spec }: OpenSloSlo, at: string, warn: Warn): SloWindow | null {
  const [window] = spec.timeWindow;
  if (window === undefined) return null;
  const { duration, calendar } = window;
  if (window.isRolling === "true") {
    if (duration === "1M") warn(at, "a rolling month (1M) has no fixed length; 30d is taken");
    const minutes = duration === "1M" ? 30 * DAY_MINUTES : minutesOf(duration);
    if (duration === "1m") warn(at, "1m is one minute; a month is written 1M");
    return minutes === null || minutes % DAY_MINUTES !== 0 ? null : { kind: "rolling", days: minutes / DAY_MINUTES };
  }
  if (duration === "1m") warn(at, "1m is one minute; a month is written 1M, and that is taken");
  if ((duration !== "1M" && duration !== "1m") || calendar === undefined) return null;
  if (!/-01 00:00:00$/.test(calendar.startTime))
    warn(at, `months begin on the first at midnight here, not as at ${calendar.startTime}`);
  return { kind: "calendar", unit: "month", timeZone: calendar.timeZone };
}

/** The parts of an alert that our file says by itself; its guard is the edition's. */
export type ReadAlert = Omit<AlertRule, "guard">;

function budgetPercent(threshold: Rational, longMinutes: number, days: number, warnRounded: () => void): number {
  const hundredths = times(
    per(times(threshold, rational(longMinutes)), rational(days * DAY_MINUTES)),
    rational(10_000),
  );
  if (hundredths.denominator !== 1n) warnRounded();
  return floorOf(hundredths) / 100;
}

/** An alert of an objective, in shares of its budget; null where it cannot be one of ours. */
export function alertOf(
  { policy, condition }: { policy: OpenSloPolicy; condition: OpenSloCondition },
  window: SloWindow,
  warn: Warn,
): ReadAlert | null {
  const at = `alert ${policy.metadata.name}`;
  const noted = (name: string) => policy.metadata.annotations?.[ANNOTATION + name];
  const { threshold, lookbackWindow, alertAfter, op } = condition.spec.condition;
  const longMinutes = minutesOf(lookbackWindow);
  if (longMinutes === null) {
    warn(at, `is left out: ${lookbackWindow} has no fixed length (m is a minute, M a month)`);
    return null;
  }
  if (op !== undefined && op !== "gt") warn(at, `op ${op} is taken as gt: an alert fires strictly above its factor`);
  if (alertAfter !== "1m") warn(at, `alertAfter ${alertAfter} is not held; the short window keeps it from flapping`);
  const severity = condition.spec.severity;
  if (severity !== "page" && severity !== "ticket") warn(at, `severity ${severity} is taken as ticket`);
  const short = noted("short-window");
  if (short === undefined) warn(at, "has one window only; a twelfth of it is taken as the short one");
  const days = window.kind === "rolling" ? window.days : Math.floor(longestPeriod(window) / DAY_MINUTES) - 1;
  const share = noted("budget-percent");
  return {
    id: noted("alert") ?? policy.metadata.name.replace(/[^a-z0-9-]/g, "-").slice(0, 40),
    severity: severity === "page" ? "page" : "ticket",
    budgetPercent:
      share === undefined
        ? budgetPercent(decimal(Number(threshold)), longMinutes, days, () =>
            warn(
              at,
              `the factor ${threshold} over ${durationText(longMinutes)} is no whole hundredth of a percent of the budget`,
            ),
          )
        : Number(share),
    longMinutes,
    shortMinutes: (short === undefined ? null : minutesOf(short)) ?? Math.max(1, Math.floor(longMinutes / 12)),
  };
}
