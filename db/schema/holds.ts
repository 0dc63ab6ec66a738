import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { HOLD_KINDS, HOLD_SCOPES, type HoldKind, type HoldScope } from "@/server/holds/domain/hold";
import { EXECUTION_CLASSES, type ExecutionClass } from "@/server/workflows/domain/execution-class";
import { maybeMoment, moment, tenantId } from "./columns";
import { oneOf } from "./checks";
import { tenants } from "./tenants";
import { workflows } from "./workflows";

/** From when to when a hold is on, by whom and why. */
const onAndOff = {
  reason: text("reason").notNull(),
  setBy: text("set_by").notNull(),
  setAt: moment("set_at"),
  /** The hold is on until then. */
  liftedBy: text("lifted_by"),
  liftedAt: maybeMoment("lifted_at"),
  /** Nothing is left to do for it: what a kill ends has ended, what a pause kept waiting is under way. */
  settledAt: maybeMoment("settled_at"),
};

/**
 * Kills and pauses of a tenant or one of its workflows, and pauses of a class of its runs; every turn of a run reads them.
 * A scope more is a word more and a column more that names what the hold lies on.
 */
export const holds = pgTable(
  "holds",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    kind: text("kind").$type<HoldKind>().notNull(),
    scope: text("scope").$type<HoldScope>().notNull(),
    /** Set exactly where the scope is a workflow. */
    workflowId: text("workflow_id"),
    /** Set exactly where the scope is a class. */
    executionClass: text("execution_class").$type<ExecutionClass>(),
    ...onAndOff,
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    foreignKey({ columns: [t.tenantId, t.workflowId], foreignColumns: [workflows.tenantId, workflows.id] }),
    uniqueIndex("holds_tenant_key")
      .on(t.tenantId, t.kind)
      .where(sql`scope = 'tenant' and lifted_at is null`),
    uniqueIndex("holds_workflow_key")
      .on(t.tenantId, t.kind, t.workflowId)
      .where(sql`scope = 'workflow' and lifted_at is null`),
    uniqueIndex("holds_class_key")
      .on(t.tenantId, t.kind, t.executionClass)
      .where(sql`scope = 'class' and lifted_at is null`),
    index("holds_unsettled_idx")
      .on(t.setAt)
      .where(sql`settled_at is null`),
    oneOf("holds_kind_check", t.kind, HOLD_KINDS),
    oneOf("holds_scope_check", t.scope, HOLD_SCOPES),
    check("holds_workflow_check", sql`(scope = 'workflow') = (workflow_id is not null)`),
    oneOf("holds_class_word_check", t.executionClass, EXECUTION_CLASSES),
    check("holds_class_check", sql`(scope = 'class') = (execution_class is not null)`),
    check("holds_class_pause_check", sql`scope <> 'class' or kind = 'pause'`),
  ],
);

/** Kills of all tenants together: one row that every tenant's turn reads, and the operating tenant alone writes. */
export const deploymentKills = pgTable("deployment_kills", { id: text("id").primaryKey(), ...onAndOff }, () => [
  uniqueIndex("deployment_kills_key")
    .on(sql`(lifted_at is null)`)
    .where(sql`lifted_at is null`),
]);
