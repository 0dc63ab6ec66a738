import { sql } from "drizzle-orm";
import { foreignKey, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type Quota, QUOTAS } from "@/server/quotas/domain/quota";
import { EXECUTION_CLASSES, type ExecutionClass } from "@/server/workflows/domain/execution-class";
import { oneOf } from "./checks";
import { maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/**
 * What a tenant may have at a time: what the operating tenant has set, what its plan has, and what guards it now, of which the strictest counts. Null, or
 * no row: the defaults of `server/quotas/domain/quota.ts`.
 */
export const tenantQuotas = pgTable(
  "tenant_quotas",
  {
    tenantId: tenantId(),
    setConcurrentRuns: integer("set_concurrent_runs"),
    planConcurrentRuns: integer("plan_concurrent_runs"),
    /** What a mitigation or a guardrail lets through at the moment. */
    guardConcurrentRuns: integer("guard_concurrent_runs"),
    /** `least` passes over nulls: claims read what comes of all three. */
    mostConcurrentRuns: integer("most_concurrent_runs").generatedAlwaysAs(
      sql`least(set_concurrent_runs, plan_concurrent_runs, guard_concurrent_runs)`,
    ),
    mostQueuedRuns: integer("most_queued_runs"),
    mostConcurrentSteps: integer("most_concurrent_steps"),
    /** Null where nobody has set anything. */
    setBy: text("set_by"),
    setAt: maybeMoment("set_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);

/** How many runs a tenant has that have not ended: kept by triggers of `runs`, as counting a long queue takes too long. */
export const runCounts = pgTable(
  "run_counts",
  {
    tenantId: tenantId(),
    executionClass: text("execution_class").$type<ExecutionClass>().notNull(),
    queued: integer("queued").notNull(),
    /** Of those queued, the ones that wait for a pause to be lifted. */
    paused: integer("paused").notNull(),
    running: integer("running").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.executionClass] }),
    oneOf("run_counts_class_check", t.executionClass, EXECUTION_CLASSES),
  ],
);

/** How many runs a tenant has asked for in a month (UTC): kept by a trigger of `runs`, and never less than there were. */
export const runMonths = pgTable(
  "run_months",
  {
    tenantId: tenantId(),
    /** `YYYY-MM`. */
    month: text("month").notNull(),
    started: integer("started").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.month] })],
);

/** Times in which a quota was hit again and again: each has one receipt. */
export const quotaEpisodes = pgTable(
  "quota_episodes",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    quota: text("quota").$type<Quota>().notNull(),
    beganAt: moment("began_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("quota_episodes_key")
      .on(t.tenantId, t.quota)
      .where(sql`ended_at is null`),
    oneOf("quota_episodes_quota_check", t.quota, QUOTAS),
  ],
);
