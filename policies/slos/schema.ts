import { z } from "zod";
import { isTimeZone } from "@/server/slos/domain/period";
import { EXCLUSIONS, SLIS } from "@/server/slos/domain/sli";
import { DAY_MINUTES, EDITIONS, PPM } from "@/server/slos/domain/slo";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";

const UNIT_MINUTES = { m: 1, h: 60, d: DAY_MINUTES } as const;

/** `5m`, `1h` or `3d`, in minutes. */
const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, "must be a whole number of minutes, hours or days, such as 5m, 1h or 3d")
  .transform((text) => Number(text.slice(0, -1)) * UNIT_MINUTES[text.slice(-1) as keyof typeof UNIT_MINUTES]);

/** A decimal text of percent in millionths, without a float on the way. */
const ppm = z
  .string("must be a text such as '99.9', as a number would lose digits")
  .regex(/^\d{1,3}(\.\d{1,4})?$/, "must be percent with at most four decimals, such as '99.9'")
  .transform((text) => {
    const [whole = "0", decimals = ""] = text.split(".");
    return Number(whole) * 10_000 + Number(decimals.padEnd(4, "0"));
  });

const objective = ppm
  .refine((value) => value > 0, "must be above 0 %: such an objective promises nothing")
  .refine((value) => value < PPM, "must be below 100 %: such an objective leaves no budget")
  .describe("Percent of events, or of slices, that have to be good; a text, so that no digit is lost.");

/** Percent of a budget, up to two decimals. */
const share = z
  .number()
  .gt(0)
  .max(100)
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9, "must have two decimals at most");

const rolling = z.strictObject({ rolling: z.string().regex(/^(7|14|28|30|90)d$/, "must be 7d, 14d, 28d, 30d or 90d") });
const calendar = z.strictObject({
  calendar: z.literal("month"),
  time_zone: z
    .string()
    .refine((name) => name.includes("/") && isTimeZone(name), "must be a time zone such as Europe/Berlin"),
});
const windowSchema = z
  .union([rolling, calendar], "must be { rolling: 30d } or { calendar: month, time_zone: Europe/Berlin }")
  .describe("Over what the objective is judged: the last days, or a month of the calendar in a time zone.")
  .transform((window) =>
    "rolling" in window
      ? ({ kind: "rolling", days: Number.parseInt(window.rolling, 10) } as const)
      : ({ kind: "calendar", unit: "month", timeZone: window.time_zone } as const),
  );

const guard = z.strictObject({
  confidence_percent: ppm
    .refine((value) => value >= PPM / 2 && value < PPM, "must be from 50 to below 100 %")
    .describe("How sure it has to be that the true rate burns too fast: one-sided, by Clopper and Pearson."),
  min_bad: z.int().min(1).max(1_000).describe("Bad events in the long window, at least."),
});

const alert = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be in small letters, with hyphens"),
  severity: z.enum(["page", "ticket"]),
  budget_percent: share.describe("The share of the period's budget whose spending within the long window fires it."),
  long: duration.describe("The window that the share is spent in."),
  short: duration.describe("The window that shows that it still burns; the alert clears with it."),
});

const thresholdMs = z.int().min(1).max(86_400_000);

const method = z
  .union(
    [
      z.literal("occurrences").transform(() => ({ kind: "occurrences" }) as const),
      z
        .strictObject({
          timeslices: duration.refine((value) => value === 1, "must be 1m: slices are minutes here"),
          good_percent: ppm.refine((value) => value > 0 && value <= PPM),
        })
        .transform(({ timeslices, good_percent }) => ({
          ...{ kind: "timeslices" as const, sliceMinutes: timeslices, goodPpm: good_percent },
        })),
    ],
    "must be occurrences or { timeslices: 1m, good_percent: '95' }",
  )
  .describe("What spends the budget: each bad event, or each slice of time in which too few were good.");

const slo = z.strictObject({
  id: z.enum(SLIS, `must be one of ${SLIS.join(", ")}`),
  title: z.string().min(1).max(60),
  sli: z.enum(SLIS, `must be one of ${SLIS.join(", ")}`).describe("What is measured."),
  objective_percent: objective,
  window: windowSchema,
  method,
  threshold_ms: z
    .union(
      [thresholdMs, z.partialRecord(z.enum(EXECUTION_CLASSES), thresholdMs)],
      "must be milliseconds, or milliseconds by class",
    )
    .optional()
    .describe("How long a good event may take, in milliseconds; for runs by their class."),
  deadline: duration.optional().describe("What has not ended by then is bad."),
  excludes: z.array(z.enum(EXCLUSIONS)).describe("What counts on neither side; as the SLI does it."),
});

const credit = z.strictObject({
  below_percent: ppm.describe("What the SLI is over its window at the end of a month, below which it is owed."),
  credit_percent: z.int().min(1).max(100).describe("Of the month's base fee."),
});

/** The targets that a notification can name. */
const NOTIFIED = ["on-call", "administrators"] as const;
const notified = z.array(z.enum(NOTIFIED)).min(1);

/** SLOs of an edition, as its file says them. */
export const editionSchema = z.strictObject({
  edition: z.enum(EDITIONS),
  version: z.int().min(1).describe("Counts up with every change of the file."),
  title: z.string().min(1).max(60),
  about: z.string().min(1).max(200),
  slos: z.array(slo).min(1),
  alerts: z.array(alert).min(1).describe("Of each SLO; what burns so fast fires it."),
  guard: z
    .strictObject({
      page: guard,
      ticket: guard,
      backstop: z
        .strictObject({ min_bad: z.int().min(1).max(1_000), budget_percent: share, over: duration })
        .describe("What is too slow for every window: so many bad events over days, and this share of the budget."),
    })
    .describe("What few events have to show before anybody is told."),
  notify: z.strictObject({ page: notified, ticket: notified }).describe("Who is told."),
  sla: z
    .strictObject({
      terms: z.array(
        z.strictObject({
          slo: z.enum(SLIS),
          credits: z.array(credit).describe("The first that fits is owed, so the lowest stands first. Empty: none."),
        }),
      ),
      credit_limit_percent: z.int().min(0).max(100).describe("Of the month's base fee, over all terms."),
      claim_days: z.int().min(1).max(180).describe("Days after the month's end within which a credit is claimed."),
    })
    .describe("What is promised by contract. Each term is one of the SLOs above."),
});
export type EditionFile = z.output<typeof editionSchema>;
