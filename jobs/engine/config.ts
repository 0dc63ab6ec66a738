import { Cron } from "croner";
import { z } from "zod";
import { expressionProblem } from "./expressions";
import { combinationProblems } from "./flow-combinations";
import { type FlowConfig, readFlow } from "./flow-config";
import { readLength } from "./durations";
import { type Registered, registeredSchema } from "./registered";

/** How many retries a function has that does not say (Inngest's default). */
const DEFAULT_RETRIES = 4;

export interface ConcurrencyLimit {
  limit: number;
  key: string | null;
  scope: "fn" | "env" | "account";
}

export interface FunctionConfig {
  id: string;
  /** Calls of one operation before its error counts as final: retries and the first attempt. */
  maxAttempts: number;
  events: { name: string; expression: string | null }[];
  crons: string[];
  concurrency: ConcurrencyLimit[];
  cancelOn: { event: string; expression: string | null; timeoutMs: number | null }[];
  flow: FlowConfig;
}

/** Functions that this executor cannot run as they ask; `problems` names every one. */
export class UnsupportedFunctionError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(["The embedded executor cannot run these functions:", ...problems.map((line) => `  - ${line}`)].join("\n"));
    this.name = "UnsupportedFunctionError";
    this.problems = problems;
  }
}

/** A zero limit means none, as Inngest reads it. */
function limitsOf(registered: Registered["concurrency"]): ConcurrencyLimit[] {
  if (registered === undefined) return [];
  const list = typeof registered === "number" ? [{ limit: registered }] : [registered].flat();
  return list
    .map(({ limit, key, scope = "fn" }) => ({ limit, key: key || null, scope }))
    .filter(({ limit }) => limit > 0);
}

/** Splits `TZ=Europe/Berlin 0 9 * * *` into the expression and its zone (UTC without one). */
function readCron(text: string): { pattern: string; timezone: string } {
  const zoned = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(text);
  return { pattern: zoned?.[2] ?? text, timezone: zoned?.[1] ?? "UTC" };
}

/** The first slot of a cron expression after a moment; null when there is none. */
export function nextSlot(text: string, after: Date): Date | null {
  const { pattern, timezone } = readCron(text);
  const schedule = new Cron(pattern, { timezone, paused: true });
  return schedule.nextRun(after);
}

function cronProblem(text: string): string | null {
  try {
    return nextSlot(text, new Date(0)) === null ? "never fires" : null;
  } catch (error) {
    return error instanceof Error ? error.message : "cannot be parsed";
  }
}

function readOne(raw: unknown, problems: string[]): FunctionConfig | null {
  const parsed = registeredSchema.safeParse(raw);
  if (!parsed.success) {
    const id = z.looseObject({ id: z.string() }).safeParse(raw).data?.id ?? "?";
    for (const issue of parsed.error.issues) problems.push(`${id}: ${issue.path.join(".")} ${issue.message}`.trim());
    return null;
  }
  const { id, triggers, steps, concurrency, cancel = [] } = parsed.data;
  const check = (where: string, expression: string | undefined) => {
    const problem = expression === undefined ? null : expressionProblem(expression);
    if (problem !== null) problems.push(`${id}: ${where} is no expression: ${problem}`);
    return expression ?? null;
  };
  const config: FunctionConfig = {
    id,
    maxAttempts: (steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    events: [],
    crons: [],
    concurrency: limitsOf(concurrency),
    cancelOn: cancel.map(({ event, if: expression, timeout }) => {
      const timeoutMs = timeout === undefined ? null : readLength(timeout);
      if (timeout !== undefined && timeoutMs === null)
        problems.push(`${id}: the timeout of cancelOn ${event} is no length of time`);
      if (event.includes("*")) problems.push(`${id}: cancelOn ${event} has a wildcard`);
      return { event, expression: check(`cancelOn ${event}`, expression), timeoutMs };
    }),
    flow: readFlow(parsed.data, (problem) => problems.push(`${id}: ${problem}`)),
  };
  for (const { key, scope } of config.concurrency) {
    check("concurrency key", key ?? undefined);
    if (scope !== "fn" && key === null) problems.push(`${id}: concurrency of scope ${scope} needs a key`);
  }
  problems.push(...combinationProblems(parsed.data).map((problem) => `${id}: ${problem}`));
  for (const trigger of triggers) {
    if ("event" in trigger) {
      if (trigger.event.includes("*")) problems.push(`${id}: trigger ${trigger.event} has a wildcard`);
      config.events.push({ name: trigger.event, expression: check(`trigger ${trigger.event}`, trigger.expression) });
    } else {
      const problem = cronProblem(trigger.cron);
      if (problem !== null) problems.push(`${id}: cron ${trigger.cron} ${problem}`);
      config.crons.push(trigger.cron);
    }
  }
  return config;
}

/**
 * Reads what the SDK registers. Throws UnsupportedFunctionError naming every function that asks for something this
 * executor does not do (jitter, wildcards, options out of their bounds, options that exclude each other).
 */
export function readConfigs(registered: readonly unknown[]): Map<string, FunctionConfig> {
  const problems: string[] = [];
  const configs = registered.map((raw) => readOne(raw, problems)).filter((config) => config !== null);
  if (problems.length > 0) throw new UnsupportedFunctionError(problems);
  return new Map(configs.map((config) => [config.id, config]));
}
