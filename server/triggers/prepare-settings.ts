import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { triggers, workflows, workflowVersions } from "@/db/schema";
import { invalid, notFound } from "@/server/kernel/errors";
import { checkRunInput } from "@/server/runs/domain/check-input";
import { authorise, type Scope } from "@/server/verb";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import { expressionFault } from "./domain/expression-fault";
import { type EventSettings, RUN_FINISHED, type ScheduleSettings, type TriggerSettings } from "./domain/kinds";
import { type Way, wouldLoop } from "./domain/loop";
import { nextSlot, scheduleFault } from "./domain/schedule";

/** What a kind of trigger stores, checked. */
export interface Prepared {
  settings: TriggerSettings;
  eventName: string | null;
  sourceWorkflowId: string | null;
  nextAt: Date | null;
}

const NONE = { eventName: null, sourceWorkflowId: null, nextAt: null };

const refuseField = (path: string, message: string) =>
  invalid(`The input is not valid: ${path}: ${message}.`, { fields: [{ path, message }] });

function refuseExpression(path: string, language: "CEL" | "JSONata", text: string | null): void {
  const fault = text === null ? null : expressionFault(language, text);
  if (fault !== null) throw refuseField(path, fault);
}

/** What the published version of a workflow declares as its input; null while none is published. */
export async function declaredInput(
  { ctx, tx }: Scope,
  workflowId: string,
): Promise<WorkflowDefinition["input"] | null> {
  const [row] = await tx
    .select({ definition: workflowVersions.definition })
    .from(workflows)
    .innerJoin(
      workflowVersions,
      and(eq(workflowVersions.tenantId, workflows.tenantId), eq(workflowVersions.id, workflows.publishedVersionId)),
    )
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  return row?.definition.input ?? null;
}

/** Refuses an expression that is none (Invalid). */
export async function prepareWebhook(_scope: Scope, { expression }: { expression: string | null }): Promise<Prepared> {
  refuseExpression("expression", "JSONata", expression);
  return { ...NONE, settings: { expression } };
}

/** Refuses a schedule that is none, or comes more often than once a minute, and input that does not fit (Invalid). */
export async function prepareSchedule(
  scope: Scope,
  { cron, zone, catchUp, input, isEnabled }: ScheduleSettings & { isEnabled: boolean },
  workflowId: string,
): Promise<Prepared> {
  const fault = scheduleFault({ cron, zone });
  if (fault !== null) throw refuseField(fault.field, fault.message);
  const declared = await declaredInput(scope, workflowId);
  const issues = declared === null ? [] : checkRunInput(declared, input);
  const [first] = issues;
  if (first !== undefined) throw invalid(`The input does not fit: ${first.path} ${first.message}.`, { fields: issues });
  const nextAt = isEnabled ? nextSlot({ cron, zone }, scope.now) : null;
  return { ...NONE, settings: { cron, zone, catchUp, input }, nextAt };
}

interface EventInput extends EventSettings {
  sourceWorkflowId?: string | undefined;
}

/** Which published version calls which workflow: a run of the one leads to a run of the other, as over a trigger. */
async function callsIn({ ctx, tx }: Scope): Promise<Way[]> {
  const called = alias(workflows, "called");
  return tx
    .select({ from: workflows.id, to: called.id })
    .from(workflows)
    .innerJoin(
      workflowVersions,
      and(eq(workflowVersions.tenantId, workflows.tenantId), eq(workflowVersions.id, workflows.publishedVersionId)),
    )
    .innerJoin(
      called,
      and(
        eq(called.tenantId, workflows.tenantId),
        sql`${called.slug} in (
          select step ->> 'workflow' from json_array_elements(${workflowVersions.definition} -> 'steps') step
          where step ->> 'type' = 'workflow')`,
      ),
    )
    .where(eq(workflows.tenantId, ctx.tenantId));
}

async function refuseLoop(scope: Scope, from: string, to: string, triggerId: string | null): Promise<void> {
  const { ctx, tx } = scope;
  const ways = await tx
    .select({ id: triggers.id, from: triggers.sourceWorkflowId, to: triggers.workflowId })
    .from(triggers)
    .where(and(eq(triggers.tenantId, ctx.tenantId), isNotNull(triggers.sourceWorkflowId), isNull(triggers.deletedAt)));
  // One that is disabled counts: enabling it must not close a loop that nobody was told of.
  const others = ways.filter(({ id }) => id !== triggerId).map((way) => ({ from: way.from ?? "", to: way.to }));
  if (!wouldLoop([...others, ...(await callsIn(scope))], { from, to })) return;
  throw refuseField(
    "sourceWorkflowId",
    from === to
      ? "a workflow must not start itself"
      : "finished runs of this workflow would start it again over other triggers and calls",
  );
}

async function loadSource(scope: Scope, workflowId: string): Promise<void> {
  const { ctx, tx } = scope;
  const [source] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  if (source === undefined) throw notFound("workflow");
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity } = source;
  const resource = { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity, contributors: [] };
  authorise(ctx, "workflow.read", { subject: "workflow", ...resource }, `workflow:${workflowId}`);
}

/** Refuses expressions that are none, a source that is missing, and one from which runs would start each other (Invalid). */
export async function prepareEvent(
  scope: Scope,
  { event, sourceWorkflowId, statuses, condition, expression }: EventInput,
  workflowId: string,
  triggerId: string | null,
): Promise<Prepared> {
  if (event === RUN_FINISHED) {
    if (sourceWorkflowId === undefined)
      throw refuseField("sourceWorkflowId", "must name the workflow whose finished runs start this one");
    await loadSource(scope, sourceWorkflowId);
    await refuseLoop(scope, sourceWorkflowId, workflowId, triggerId);
  } else if (sourceWorkflowId !== undefined || statuses.length > 0)
    throw refuseField("event", `only ${RUN_FINISHED} is narrowed by a workflow and by how its runs ended`);
  refuseExpression("condition", "CEL", condition);
  refuseExpression("expression", "JSONata", expression);
  const settings = { event, statuses, condition, expression };
  return { ...NONE, settings, eventName: event, sourceWorkflowId: sourceWorkflowId ?? null };
}
