import type { Json } from "@/server/kernel/json";

/** A failure that is the step's own: its target, its template, its expression. Faults of the platform are thrown on. */
export class StepFailure extends Error {
  readonly code: string;
  readonly isRetriable: boolean;
  /** What the step had sent or read when it failed. */
  readonly input: Json;
  constructor(code: string, message: string, options: { input?: Json; isRetriable?: boolean } = {}) {
    super(message);
    this.name = "StepFailure";
    this.code = code;
    this.input = options.input ?? null;
    this.isRetriable = options.isRetriable ?? false;
  }
}
