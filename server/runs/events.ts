import { z } from "zod";
import { defineEvent } from "@/server/kernel/event";
import { idSchema } from "@/server/kernel/schemas";
import { RUN_STATUSES } from "./domain/status";

const run = z.strictObject({ tenantId: idSchema("tenant"), runId: idSchema("run") });

export const runStarted = defineEvent("run.started", run);
export const runStopped = defineEvent("run.stopped", run);
export const runFinished = defineEvent("run.finished", run.extend({ status: z.enum(RUN_STATUSES) }));
