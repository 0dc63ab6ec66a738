import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { triggers, triggerSecrets, workflows } from "@/db/schema";
import { defineRead } from "@/server/verb";
import type { TriggerKind, TriggerSettings } from "./domain/kinds";
import { loadTarget } from "./load";
import { listTriggersSchema } from "./schemas";

/** The last fire of a trigger that came to this end: its moment, and its run or why there is none. */
const lastFire = (status: "started" | "refused", what: "run_id" | "refusal ->> 'message'") =>
  sql`(
    select json_build_array(to_char(f.fired_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), f.${sql.raw(what)})
    from trigger_fires f
    where f.tenant_id = ${triggers.tenantId} and f.trigger_id = ${triggers.id} and f.status = ${sql.raw(`'${status}'`)}
    order by f.fired_at desc limit 1)`.mapWith(
    (text: string): [string, string] | null => JSON.parse(text) as [string, string],
  );

/** A trigger as pages show it: all but its signing secret. Moments are ISO 8601. */
export interface TriggerDto {
  id: string;
  kind: TriggerKind;
  name: string;
  isEnabled: boolean;
  settings: TriggerSettings;
  source: { id: string; slug: string } | null;
  actsAs: string;
  clearance: string;
  nextAt: string | null;
  /** Until when the signing secret before the last rotation is good; null when it is not. */
  previousValidUntil: string | null;
  lastFired: { at: string; runId: string } | null;
  lastRefused: { at: string; message: string } | null;
}

/** The triggers of a workflow, newest first; a tenant has at most 100 of a kind. */
export const listTriggers = defineRead({
  action: "trigger.read",
  input: listTriggersSchema,
  load: loadTarget,
  read: async ({ ctx, tx, now }, { workflowId }): Promise<{ rows: TriggerDto[] }> => {
    const rows = await tx
      .select({
        trigger: triggers,
        source: { id: workflows.id, slug: workflows.slug },
        previousValidUntil: triggerSecrets.validUntil,
        fired: lastFire("started", "run_id"),
        refused: lastFire("refused", "refusal ->> 'message'"),
      })
      .from(triggers)
      .leftJoin(workflows, and(eq(workflows.tenantId, triggers.tenantId), eq(workflows.id, triggers.sourceWorkflowId)))
      .leftJoin(
        triggerSecrets,
        and(
          ...[eq(triggerSecrets.tenantId, triggers.tenantId), eq(triggerSecrets.id, triggers.id)],
          gt(triggerSecrets.validUntil, now),
        ),
      )
      .where(and(eq(triggers.tenantId, ctx.tenantId), eq(triggers.workflowId, workflowId), isNull(triggers.deletedAt)))
      .orderBy(desc(triggers.id));
    return {
      rows: rows.map(({ trigger, source, previousValidUntil, fired, refused }) => {
        const { id, kind, name, isEnabled, settings, roles, clearance, nextAt } = trigger;
        return {
          ...{ id, kind, name, isEnabled, settings, source, actsAs: roles.join(", "), clearance },
          nextAt: nextAt?.toISOString() ?? null,
          previousValidUntil: previousValidUntil?.toISOString() ?? null,
          lastFired: fired === null ? null : { at: fired[0], runId: fired[1] },
          lastRefused: refused === null ? null : { at: refused[0], message: refused[1] },
        };
      }),
    };
  },
});
