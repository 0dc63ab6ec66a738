import { z } from "zod";
import { InvariantError } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";

/** An error as it crosses the protocol (SDK 4.24.0). */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly [more: string]: Json | undefined;
}

/** What an operation gave, as the SDK takes it back: stored as it is, sent as it is. */
export type Memo = { type: "data"; data: Json } | { type: "error"; error: WireError };

/** The operation that stands for "call the function and see what it wants next". */
export const DISCOVER = "step";

/** The body of one call. `steps` holds finished operations by hashed id. */
export interface CallBody {
  version: number;
  event: Json;
  events: readonly Json[];
  steps: Readonly<Record<string, Memo>>;
  ctx: {
    run_id: string;
    /** With both of these the SDK goes on from step to step, and keeps each by a request of its own (checkpoints). */
    fn_id?: string;
    qi_id?: string;
    attempt: number;
    max_attempts: number;
    disable_immediate_execution: boolean;
    use_api: false;
    stack: { stack: readonly string[]; current: number };
  };
}

const json: z.ZodType<Json> = z.custom<Json>(() => true);
const wireError: z.ZodType<WireError> = z.looseObject({
  name: z.string().catch("Error"),
  message: z.string().catch("Unknown error"),
}) as unknown as z.ZodType<WireError>; // a loose object's extra keys are typed unknown; JSON.parse gave them, so they are Json

const opBase = {
  id: z.string(),
  displayName: z.string().nullish(),
  opts: z.looseObject({ parallelMode: z.string().optional() }).nullish(),
};

/** Operations the executor knows. The SDK puts a sleep's length and a wait's event into `name`. */
const opSchema = z.discriminatedUnion("op", [
  z.object({ ...opBase, op: z.literal("StepRun"), data: json }),
  z.object({ ...opBase, op: z.literal("StepError"), error: wireError }),
  z.object({ ...opBase, op: z.literal("StepFailed"), error: wireError }),
  z.object({ ...opBase, op: z.literal("StepPlanned") }),
  z.object({ ...opBase, op: z.literal("RunComplete"), data: json }),
  z.object({ ...opBase, op: z.literal("Sleep"), name: z.string() }),
  z.object({
    ...opBase,
    op: z.literal("WaitForEvent"),
    name: z.string(),
    opts: z.looseObject({ timeout: z.string(), if: z.string().optional(), parallelMode: z.string().optional() }),
  }),
  z.object({
    ...opBase,
    op: z.literal("InvokeFunction"),
    opts: z.looseObject({
      function_id: z.string(),
      payload: z.looseObject({ data: json.optional() }),
      timeout: z.string().optional(),
      parallelMode: z.string().optional(),
    }),
  }),
]);
export type Op = z.output<typeof opSchema>;

/** What a call came to. */
export type Answer =
  | { kind: "returned"; data: Json }
  | { kind: "ops"; ops: readonly Op[]; retryAfter: string | null }
  | { kind: "threw"; error: WireError; isRetriable: boolean; retryAfter: string | null }
  /** The SDK asked for something this executor does not do. */
  | { kind: "unsupported"; what: string };

export interface RawAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Reads an operation list; an operation the executor does not know makes the whole answer unsupported. */
export function readOps(body: unknown, retryAfter: string | null): Answer {
  if (!Array.isArray(body) || body.length === 0) return { kind: "unsupported", what: "an empty list of operations" };
  const ops: Op[] = [];
  for (const raw of body) {
    const parsed = opSchema.safeParse(raw);
    if (!parsed.success) {
      const name = z.looseObject({ op: z.string() }).safeParse(raw).data?.op ?? "?";
      return { kind: "unsupported", what: `the operation ${name}: ${z.prettifyError(parsed.error)}` };
    }
    ops.push(parsed.data);
  }
  return { kind: "ops", ops, retryAfter };
}

/** Turns the SDK's response into an answer. Throws on a status the protocol does not have. */
export function readAnswer(raw: RawAnswer): Answer {
  const body: unknown = raw.body === "" ? null : JSON.parse(raw.body);
  const retryAfter = raw.headers["retry-after"] ?? null;
  if (raw.status === 200) return { kind: "returned", data: json.parse(body) };
  if (raw.status === 206) return readOps(body, retryAfter);
  if (raw.status === 400 || raw.status === 500) {
    const isRetriable = raw.headers["x-inngest-no-retry"] !== "true";
    const named = z.object({ error: z.string() }).safeParse(body);
    const error = named.success ? { name: "Error", message: named.data.error } : wireError.parse(body ?? {});
    return { kind: "threw", error, isRetriable, retryAfter };
  }
  throw new InvariantError(`the SDK answered with status ${raw.status}`);
}
