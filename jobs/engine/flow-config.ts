import { z } from "zod";
import type { Gathering } from "./collect";
import { readLength } from "./durations";
import { expressionProblem } from "./expressions";
import type { Rate } from "./rate";

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

/** Starts per second that a rate may ask for at most: its moments are whole milliseconds. */
const MOST_PER_SECOND = 1_000;
const MOST_IN_BATCH = 1_000;

const key = z.string().optional();
const limit = z.int().min(1);

/** What the SDK registers of flow control (SDK 4.24.0), each option as its documentation names it. */
export const flowSchema = {
  throttle: z.strictObject({ limit, period: z.string(), burst: z.int().min(1).optional(), key }).optional(),
  rateLimit: z.strictObject({ limit, period: z.string(), key }).optional(),
  debounce: z.strictObject({ period: z.string(), timeout: z.string().optional(), key }).optional(),
  batchEvents: z
    .strictObject({
      maxSize: z.int().min(2).max(MOST_IN_BATCH),
      timeout: z.string(),
      key,
      if: z.string().optional(),
    })
    .optional(),
  idempotency: z.string().min(1).optional(),
  priority: z.strictObject({ run: z.string().optional() }).optional(),
  singleton: z.strictObject({ mode: z.enum(["skip", "cancel"]), key }).optional(),
  timeouts: z.strictObject({ start: z.string().optional(), finish: z.string().optional() }).optional(),
};

export type RegisteredFlow = z.output<z.ZodObject<typeof flowSchema>>;

export interface Throttle {
  key: string | null;
  rate: Rate;
}

export interface RateLimit extends Throttle {
  control: "idempotency" | "rate_limit";
}

export interface Singleton {
  mode: "skip" | "cancel";
  key: string | null;
}

/** What decides whether and when a run starts, and how long it may take. */
export interface FlowConfig {
  rateLimit: RateLimit | null;
  gathering: Gathering | null;
  singleton: Singleton | null;
  throttle: Throttle | null;
  /** CEL that gives by how many seconds a run starts before its turn, or after it. */
  priority: string | null;
  startTimeoutMs: number | null;
  finishTimeoutMs: number | null;
}

/** Reads one option's parts; what is wrong with them is said by its name. */
class Reader {
  constructor(private readonly complain: (problem: string) => void) {}

  length(option: string, text: string, least: number, most: number): number {
    const ms = readLength(text);
    if (ms !== null && ms >= least && ms <= most) return ms;
    if (ms === null) this.complain(`${option} is no length of time: ${text}`);
    else this.complain(`${option} is not between ${least / SECOND_MS} and ${most / SECOND_MS} seconds: ${text}`);
    return least;
  }

  optionalLength(option: string, text: string | undefined, most: number): number | null {
    return text === undefined ? null : this.length(option, text, SECOND_MS, most);
  }

  /** Some clients send an empty text for no expression. */
  expression(option: string, text: string | undefined): string | null {
    if (text === undefined || text === "") return null;
    const problem = expressionProblem(text);
    if (problem !== null) this.complain(`${option} is no expression: ${problem}`);
    return text;
  }

  perPeriod(option: string, asked: { limit: number; period: string }, most: number): Omit<Rate, "atOnce"> {
    const periodMs = this.length(`${option}.period`, asked.period, SECOND_MS, most);
    if ((asked.limit * SECOND_MS) / periodMs > MOST_PER_SECOND)
      this.complain(`${option} asks for more than ${MOST_PER_SECOND} starts per second`);
    return { limit: asked.limit, periodMs };
  }
}

function readRateLimit({ idempotency, rateLimit }: RegisteredFlow, read: Reader): RateLimit | null {
  if (idempotency !== undefined) {
    const rate = { limit: 1, periodMs: DAY_MS, atOnce: 1 };
    return { control: "idempotency", key: read.expression("idempotency", idempotency), rate };
  }
  if (rateLimit === undefined) return null;
  // As Inngest has it: evenly over the period, and a tenth of the limit may come early.
  const rate = {
    ...read.perPeriod("rateLimit", rateLimit, DAY_MS),
    atOnce: 1 + Math.floor(rateLimit.limit / 10),
  };
  return { control: "rate_limit", key: read.expression("rateLimit.key", rateLimit.key), rate };
}

function readThrottle({ throttle }: RegisteredFlow, read: Reader): Throttle | null {
  if (throttle === undefined) return null;
  const rate = {
    ...read.perPeriod("throttle", throttle, WEEK_MS),
    atOnce: throttle.limit + (throttle.burst ?? 1),
  };
  return { key: read.expression("throttle.key", throttle.key), rate };
}

function readGathering({ debounce, batchEvents }: RegisteredFlow, read: Reader): Gathering | null {
  if (batchEvents !== undefined)
    return {
      control: "batch",
      key: read.expression("batchEvents.key", batchEvents.key),
      condition: read.expression("batchEvents.if", batchEvents.if),
      maxSize: batchEvents.maxSize,
      timeoutMs: read.length("batchEvents.timeout", batchEvents.timeout, SECOND_MS, WEEK_MS),
    };
  if (debounce === undefined) return null;
  return {
    control: "debounce",
    key: read.expression("debounce.key", debounce.key),
    periodMs: read.length("debounce.period", debounce.period, SECOND_MS, WEEK_MS),
    timeoutMs: read.optionalLength("debounce.timeout", debounce.timeout, WEEK_MS),
  };
}

/** Reads the options that decide about starts; calls `complain` for each that is out of its bounds. */
export function readFlow(asked: RegisteredFlow, complain: (problem: string) => void): FlowConfig {
  const read = new Reader(complain);
  const { singleton, priority, timeouts } = asked;
  const gathering = readGathering(asked, read);
  if (gathering?.control === "debounce" && (gathering.timeoutMs ?? Infinity) < gathering.periodMs)
    complain("debounce.timeout is shorter than debounce.period, which would never pass");
  return {
    rateLimit: readRateLimit(asked, read),
    gathering,
    singleton:
      singleton === undefined ? null : { mode: singleton.mode, key: read.expression("singleton.key", singleton.key) },
    throttle: readThrottle(asked, read),
    priority: read.expression("priority.run", priority?.run),
    startTimeoutMs: read.optionalLength("timeouts.start", timeouts?.start, YEAR_MS),
    finishTimeoutMs: read.optionalLength("timeouts.finish", timeouts?.finish, YEAR_MS),
  };
}
