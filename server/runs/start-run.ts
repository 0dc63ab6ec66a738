import { and, eq, getTableColumns, type Placeholder, sql } from "drizzle-orm";
import { expectHold } from "@/db/gate";
import { prepared } from "@/db/prepared";
import { sendLast } from "@/db/tenancy";
import { runs, workflows, workflowVersions } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid, notFound, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { canonicalJson } from "@/server/kernel/json";
import { traceParent } from "@/server/platform/trace";
import { defineWrite, type Scope } from "@/server/verb";
import type { WorkflowDefinition } from "@/server/workflows/domain/definition";
import type { HoldKind } from "@/server/holds/domain/hold";
import { checkRunInput, withDefaults } from "./domain/check-input";
import { admitted, isWaiting } from "./domain/lifecycle";
import { runStarted } from "./events";
import { runResource } from "./load-run";
import { startRunSchema } from "./schemas";

const { status, number, contentHash, environment, region, riskProfile, businessUnit, dataSensitivity, importance } =
  getTableColumns(workflowVersions);

const publishedOf = prepared("published-version", (db) =>
  db
    .select({
      ...{ versionId: workflowVersions.id, tenantId: workflowVersions.tenantId, status, number, contentHash },
      ...{ environment, region, riskProfile, businessUnit, dataSensitivity, importance },
      hold: sql<HoldKind | null>`hold_on(${sql.placeholder("tenantId")}, ${sql.placeholder("workflowId")}, null)`,
      declared: sql`${workflowVersions.definition} -> 'input'`.mapWith(
        (text: string) => JSON.parse(text) as WorkflowDefinition["input"],
      ),
    })
    .from(workflows)
    .innerJoin(
      workflowVersions,
      and(
        eq(workflowVersions.tenantId, workflows.tenantId),
        eq(workflowVersions.id, workflows.publishedVersionId),
        eq(workflowVersions.status, "published"),
      ),
    )
    .where(and(eq(workflows.tenantId, sql.placeholder("tenantId")), eq(workflows.id, sql.placeholder("workflowId"))))
    // The version cannot retire between this decision and the commit.
    .for("share", { of: workflowVersions }),
);

/** The published version of a workflow: the run that would be, as policy sees it. */
async function loadPublished({ ctx, tx }: Scope, { workflowId }: { workflowId: string }) {
  const [version] = await publishedOf(tx, { tenantId: ctx.tenantId, workflowId });
  if (version !== undefined) return { version, resource: runResource(version), subject: `workflow:${workflowId}` };
  const [workflow] = await tx
    .select({ publishedVersionId: workflows.publishedVersionId })
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  if (workflow === undefined) throw notFound("workflow");
  if (workflow.publishedVersionId === null)
    throw preconditionFailed("This workflow has no published version. Publish one first.");
  throw preconditionFailed("This workflow was retired a moment ago.");
}

const STARTED = [
  ...["tenantId", "id", "workflowId", "versionId", "contentHash", "status", "input", "startedBy", "idempotencyKey"],
  ...["createdAt", "environment", "region", "riskProfile", "businessUnit", "dataSensitivity", "importance"],
] as const satisfies readonly (keyof typeof runs.$inferInsert)[];

const insertRun = prepared("start-run", (db) =>
  db
    .insert(runs)
    .values({
      // `fromEntries` forgets which names it was given.
      ...(Object.fromEntries(STARTED.map((column) => [column, sql.placeholder(column)])) as Record<
        (typeof STARTED)[number],
        Placeholder
      >),
      // A placeholder of a moment's column does not take null.
      pausedAt: sql`case when ${sql.placeholder("isPaused")}::boolean then ${sql.placeholder("createdAt")}::timestamptz end`,
    })
    .onConflictDoNothing()
    .returning({ id: runs.id }),
);

async function findByKey({ ctx, tx }: Scope, workflowId: string, key: string) {
  const [existing] = await tx
    .select({ id: runs.id, input: runs.input, status: runs.status, pausedAt: runs.pausedAt })
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.workflowId, workflowId), eq(runs.idempotencyKey, key)));
  return existing;
}

/** A key that begins with a trigger's id is that trigger's: nobody else takes the place of what it is about to start. */
function refuseTriggersKey({ ctx: { actor } }: Scope, key: string | undefined): void {
  const owner = /^trg_[0-9a-f]{32}(?=:)/.exec(key ?? "")?.[0];
  if (owner === undefined || (actor.kind === "trigger" && actor.triggerId === owner)) return;
  throw invalid("Keys that begin with a trigger's id are its own.", {
    fields: [{ path: "idempotencyKey", message: "must not begin with a trigger's id" }],
  });
}

/**
 * Starts a run of the published version. The same idempotency key gives the same run again; with another input it is
 * refused (Conflict). Refuses input that the workflow does not declare (Invalid, by field), and any start while a kill is
 * on over the workflow (PreconditionFailed). Under a pause the run queues, and nothing asks for it before the pause is
 * lifted.
 */
export const startRun = defineWrite({
  action: "run.start",
  receipt: "run.start",
  input: startRunSchema,
  load: loadPublished,
  write: async (scope, { workflowId, input: given, idempotencyKey }, { version }) => {
    const { ctx, tx, now } = scope;
    refuseTriggersKey(scope, idempotencyKey);
    const issues = checkRunInput(version.declared, given);
    if (issues.length > 0)
      throw invalid(
        `The input is not what the workflow declares: ${issues.map((i) => `${i.path} ${i.message}`).join("; ")}.`,
        {
          fields: issues,
        },
      );
    const input = withDefaults(version.declared, given);
    const { tenantId } = ctx;
    const id = ctx.newId("run");
    const { status: _status, declared: _declared, number: versionNumber, hold, ...followed } = version;
    const standing = admitted(hold);
    if (standing === null)
      throw preconditionFailed(
        "A kill is on over this workflow, so no run of it starts. It says why on the Switchboard, where it can be lifted.",
        { reason: "kill-is-on" },
      );
    const { isPaused } = standing;
    const row = {
      ...{ ...followed, id, workflowId, status: standing.status, isPaused, input },
      ...{ startedBy: actorRef(ctx.actor), idempotencyKey: idempotencyKey ?? null, createdAt: now },
    };
    if (idempotencyKey === undefined) sendLast(tx, () => insertRun(tx, row));
    else if ((await insertRun(tx, row)).length === 0) {
      const existing = await findByKey(scope, workflowId, idempotencyKey);
      if (existing === undefined || canonicalJson(existing.input) !== canonicalJson(input))
        throw conflict("This idempotency key was used with another input.", { field: "idempotencyKey" });
      const repeated = { runId: existing.id, isNew: false, isPaused: isWaiting(existing) };
      return { value: repeated, subject: `run:${existing.id}`, detail: { repeated: true } };
    }
    expectHold(tx, { tenantId, workflowId, runId: id }, hold);
    const trace = traceParent();
    const started = eventOf(runStarted, { tenantId, runId: id, ...(trace === undefined ? {} : { trace }) });
    return {
      value: { runId: id, isNew: true, isPaused },
      subject: `run:${id}`,
      detail: {
        workflowId,
        version: versionNumber,
        contentHash: version.contentHash,
        ...(isPaused ? { isPaused } : {}),
      },
      events: isPaused ? [] : [started],
    };
  },
});
