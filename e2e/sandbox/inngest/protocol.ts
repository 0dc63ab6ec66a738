import { z } from "zod";

/** The shapes of the protocol's version 4 as SDK 4.24.0 speaks it; what is not named here is refused. */
const memoError = z.looseObject({ name: z.string(), message: z.string() });
export type MemoError = z.output<typeof memoError>;
export type Memo = { type: "data"; data: unknown } | { type: "error"; error: MemoError };

const base = { id: z.string(), displayName: z.string().nullish() };
const opSchema = z.discriminatedUnion("op", [
  z.object({ ...base, op: z.literal("StepRun"), data: z.unknown() }),
  z.object({ ...base, op: z.literal("StepError"), error: memoError }),
  z.object({ ...base, op: z.literal("StepFailed"), error: memoError }),
  z.object({ ...base, op: z.literal("StepPlanned") }),
  z.object({ ...base, op: z.literal("RunComplete"), data: z.unknown() }),
  z.object({ ...base, op: z.literal("Sleep"), name: z.string() }),
  z.object({
    ...base,
    op: z.literal("WaitForEvent"),
    name: z.string(),
    opts: z.looseObject({ timeout: z.string(), if: z.string().optional() }),
  }),
  z.object({
    ...base,
    op: z.literal("InvokeFunction"),
    opts: z.looseObject({ function_id: z.string(), payload: z.looseObject({ data: z.unknown() }) }),
  }),
]);
export type Op = z.output<typeof opSchema>;
export const opsSchema = z.array(opSchema).min(1);
/** What the SDK keeps between two answers: ends of steps, nothing else. */
export const keptSchema = z.object({
  run_id: z.string(),
  qi_id: z.string(),
  steps: z.array(
    z.discriminatedUnion("op", [
      z.object({ ...base, op: z.literal("StepRun"), data: z.unknown() }),
      z.object({ ...base, op: z.literal("StepFailed"), error: memoError }),
    ]),
  ),
});

export const eventSchema = z.object({
  id: z.string().optional(),
  name: z.string(),
  data: z.record(z.string(), z.unknown()),
  ts: z.number().optional(),
});
export interface ServerEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
}

const attempts = z.object({ retries: z.object({ attempts: z.number() }).optional() });
const functionSchema = z.looseObject({
  id: z.string(),
  triggers: z.array(
    z.object({ event: z.string().optional(), expression: z.string().optional(), cron: z.string().optional() }),
  ),
  steps: z.object({ step: attempts }),
  cancel: z.array(z.object({ event: z.string(), if: z.string().optional() })).optional(),
  batchEvents: z.object({ maxSize: z.number(), timeout: z.string() }).optional(),
});
export type RegisteredFunction = z.output<typeof functionSchema>;
export const registerSchema = z.object({ url: z.url(), functions: z.array(functionSchema).min(1) });

const UNIT_MS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** When something is due that the SDK wrote as a length (`1m30s`) or as a moment (ISO 8601): Unix time in milliseconds. */
export function dueAt(text: string, nowMs: number): number {
  if (!/^(?:\d+[wdhms])+$/.test(text)) {
    const moment = Date.parse(text);
    if (Number.isNaN(moment)) throw new Error(`neither a length nor a moment: ${text}`);
    return moment;
  }
  const parts = [...text.matchAll(/(\d+)([wdhms])/g)];
  return nowMs + parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}
