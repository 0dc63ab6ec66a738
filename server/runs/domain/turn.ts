import { z } from "zod";
import type { Step } from "@/server/workflows/domain/definition";
import { RUN_STATUSES } from "./status";

/** What a run does next, as the engine keeps it between two calls: small, however much the run carries. */
export const turnSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("begin") }),
  /** One attempt of a step that reaches outside, after a pause where a failed one went before it. */
  z.object({ kind: z.literal("act"), stepId: z.string(), attempt: z.int().min(1), afterMs: z.int().min(0) }),
  /** A wait has begun and is over after this long. */
  z.object({ kind: z.literal("wait"), stepId: z.string(), afterMs: z.int().min(0) }),
  /** More steps of the kind that is only computed, from this one on. */
  z.object({ kind: z.literal("compute"), stepId: z.string() }),
  z.object({ kind: z.literal("ended"), status: z.enum(RUN_STATUSES) }),
]);
export type Turn = z.output<typeof turnSchema>;

/** A step whose result depends on nothing but the run, and that changes nothing else: doing it twice harms nobody. */
export const isComputed = (step: Step): boolean => step.type === "transform" || step.type === "branch";

/** How often a step may be tried again after its first attempt. */
export function retriesOf(step: Step): number {
  if (step.type === "http") return step.retries;
  return step.type === "notify" ? 3 : 0;
}

/** Pause before the attempt after the n-th failed one, in milliseconds: 2 s, 4 s, 8 s … at most 5 minutes. */
export const retryDelayMs = (failedAttempts: number): number => Math.min(2 ** failedAttempts, 300) * 1_000;

/** How a step stands when its first attempt has begun and nothing came of it yet. */
export function turnOfBegun(step: Step): Turn {
  if (step.type === "wait") return { kind: "wait", stepId: step.id, afterMs: step.seconds * 1_000 };
  return { kind: "act", stepId: step.id, attempt: 1, afterMs: 0 };
}
