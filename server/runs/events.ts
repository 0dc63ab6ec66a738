import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import { RUN_STATUSES } from "./domain/status";

const run = z.strictObject({ tenantId: idSchema("tenant"), runId: idSchema("run") });

/** With the trace of the request that asked for it, so that the spans of its steps hang below that. */
export const runStarted = defineEvent(
  "run.started",
  run.extend({
    trace: z.string().max(100).optional(),
    /** Whoever carries out runs shares its workers by it. */
    executionClass: z.enum(EXECUTION_CLASSES).default("standard"),
  }),
);
export const runStopped = defineEvent("run.stopped", run);
/** Something that a step of the run waits for is there. */
export const runWoken = defineEvent("run.woken", run);
export const runFinished = defineEvent(
  "run.finished",
  run.extend({
    status: z.enum(RUN_STATUSES),
    /** Some trigger of the tenant fires by events: most tenants have none, and a look for it per run is dear. */
    hasListeners: z.boolean(),
  }),
);
