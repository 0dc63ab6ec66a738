import { bigint, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { DURATION_BANDS, type DurationBand } from "@/server/metering/domain/weights";
import { oneOf } from "./checks";
import { moment, tenantId } from "./columns";
import { runs } from "./runs";

/**
 * What was used: one row per finished task, written with the task's own end. Its key is the task's, so that no retry and
 * no crash counts twice.
 */
export const usageLedger = pgTable(
  "usage_ledger",
  {
    tenantId: tenantId(),
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    taskType: text("task_type").notNull(),
    /** Thousandths of a reference task. */
    weightMilli: integer("weight_milli").notNull(),
    /** Of input and output, as JSON. */
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    durationBand: text("duration_band").$type<DurationBand>().notNull(),
    externalCalls: integer("external_calls").notNull(),
    at: moment("at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.stepId] }),
    foreignKey({ columns: [t.tenantId, t.runId], foreignColumns: [runs.tenantId, runs.id] }),
    index("usage_ledger_at_idx").on(t.tenantId, t.at),
    oneOf("usage_ledger_band_check", t.durationBand, DURATION_BANDS),
  ],
);
