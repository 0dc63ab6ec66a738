import { and, eq, inArray } from "drizzle-orm";
import { holds, incidents, mitigations, workflows } from "@/db/schema";
import type { z } from "zod";
import {
  authorise,
  clearedFor,
  defineRead,
  defineWrite,
  parseInput,
  type Scope,
  tenantItself,
  type Verb,
} from "@/server/verb";
import { RISK_PROFILES } from "@/policies/access/vocabulary";
import { actorRef } from "@/server/kernel/actor";
import { conflict, notFound, preconditionFailed } from "@/server/kernel/errors";
import { carryOut } from "./carry-out";
import { type Figures, type Lever, leverWords } from "./domain/mitigation";
import { endMitigation } from "./end-mitigation";
import { findRisky } from "./find-risky";
import { readFigures } from "./read-figures";
import { applyMitigationSchema, previewMitigationSchema, undoMitigationSchema } from "./schemas";

/** An incident that somebody works on, locked; throws NotFound, or PreconditionFailed once it is resolved. */
async function loadOpen({ ctx, tx }: Scope, { incidentId }: { incidentId: string }) {
  const [incident] = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.id, incidentId)))
    .for("update");
  if (incident === undefined) throw notFound("incident");
  if (incident.status === "resolved" || incident.status === "closed")
    throw preconditionFailed("This incident is resolved. Reopen it to mitigate it again.");
  const resource = { subject: "incident" as const, tenantId: ctx.tenantId };
  return { incident, resource, subject: `incident:${incidentId}` };
}

type Workflow = Awaited<ReturnType<typeof findRisky>>[number];

const workflowResource = (workflow: Workflow) => {
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity } = workflow;
  return {
    ...{ subject: "workflow" as const, tenantId, environment, region, riskProfile, businessUnit, dataSensitivity },
    contributors: [],
  };
};

/** Who works on incidents still needs what the lever itself needs: to pause or kill each thing that it lies on. */
async function authoriseLever({ ctx, tx }: Scope, lever: Lever): Promise<void> {
  const verb = lever.kind === "kill" ? "kill" : "pause";
  if (lever.kind === "throttle" || lever.kind === "require_approval" || "executionClass" in lever) {
    const { resource, subject } = await tenantItself({ ctx });
    authorise(ctx, `tenant.${verb}`, resource, subject);
    return;
  }
  // All risks everywhere are the tenant itself, whatever it is called.
  if (lever.risk === RISK_PROFILES[0] && lever.environment === undefined) {
    const { resource, subject } = await tenantItself({ ctx });
    authorise(ctx, `tenant.${verb}`, resource, subject);
  }
  for (const workflow of await findRisky(tx, ctx.tenantId, lever))
    authorise(ctx, `workflow.${verb}`, workflowResource(workflow), `workflow:${workflow.id}`);
}

/** Who takes a mitigation back needs what letting go of each thing needs: a kill is lifted by whoever may lift kills. */
async function authoriseRelease({ ctx, tx }: Scope, { kind, holdIds }: typeof mitigations.$inferSelect): Promise<void> {
  const held = await tx
    .select({ workflow: workflows })
    .from(holds)
    .innerJoin(workflows, and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, holds.workflowId)))
    .where(and(eq(holds.tenantId, ctx.tenantId), inArray(holds.id, holdIds)));
  for (const { workflow } of held)
    authorise(
      ctx,
      kind === "kill" ? "workflow.lift" : "workflow.resume",
      workflowResource(workflow),
      `workflow:${workflow.id}`,
    );
  if (held.length > 0) return;
  const { resource, subject } = await tenantItself({ ctx });
  authorise(ctx, "tenant.resume", resource, subject);
}

/** A verb that is told how things stand: read before its transaction, as some of that is the executor's own. */
function knowingFigures<Input extends z.ZodType, Value>(
  verbWith: (figures: Figures) => Verb<Input, Value>,
): Verb<Input, Value> {
  // What a verb says of itself does not depend on figures; these are never read.
  const shape = verbWith({ at: "", atWork: 0, running: 0, queued: 0, limit: 0, burnRates: {} });
  const verb = async (...[ctx, input]: Parameters<Verb<Input, Value>>): Promise<Value> => {
    // Parsed first, as in every verb: nothing is read for what makes no sense.
    parseInput(shape.input, input);
    return verbWith(await readFigures(ctx, ctx.tenantId))(ctx, input);
  };
  return Object.assign(verb, { kind: shape.kind, action: shape.action, input: shape.input });
}

/**
 * Mitigates an incident by hand, for a time. Needs what the lever itself needs beside working on incidents. Throws NotFound,
 * and PreconditionFailed once the incident is resolved.
 */
export const applyMitigation = knowingFigures((before) =>
  defineWrite({
    action: "incident.resolve",
    receipt: { none: "carryOut leaves one that names the mitigation and how things stood" },
    input: applyMitigationSchema,
    load: loadOpen,
    write: async (scope, { incidentId, lever, minutes, reason }, { incident }) => {
      const { ctx, tx } = scope;
      await authoriseLever(scope, lever);
      const by = { ...ctx, actor: actorRef(ctx.actor) };
      const wanted = { incidentId, lever, minutes, reason, ruleId: null, sli: null, isDrill: incident.isDrill, before };
      return { value: { mitigationId: await carryOut(tx, by, wanted) } };
    },
  }),
);

/** Takes a mitigation back by hand. Needs what letting go of each thing that it holds needs. Throws NotFound, and Conflict for one that has ended. */
export const undoMitigation = knowingFigures((now) =>
  defineWrite({
    action: "incident.resolve",
    receipt: { none: "endMitigation leaves one that says what was lifted" },
    input: undoMitigationSchema,
    load: async ({ ctx, tx }: Scope, { mitigationId }: { mitigationId: string }) => {
      const [found] = await tx
        .select()
        .from(mitigations)
        .where(and(eq(mitigations.tenantId, ctx.tenantId), eq(mitigations.id, mitigationId)));
      if (found === undefined) throw notFound("mitigation");
      const resource = { subject: "incident" as const, tenantId: ctx.tenantId };
      return { mitigation: found, resource, subject: `incident:${found.incidentId}` };
    },
    write: async (scope, { mitigationId: id }, { mitigation }) => {
      const { ctx, tx } = scope;
      await authoriseRelease(scope, mitigation);
      const isEnded = await endMitigation(tx, { ...ctx, actor: actorRef(ctx.actor) }, { id, end: "undone", now });
      if (!isEnded) throw conflict("This mitigation has ended already.");
      return { value: { mitigationId: id } };
    },
  }),
);

/** Workflows that a preview names. */
const MOST_NAMED = 100;

/** What a mitigation would lie on, before it is applied: how many workflows, and the names of those within the caller's reach. */
export const previewMitigation = defineRead({
  action: "incident.resolve",
  input: previewMitigationSchema,
  load: async ({ ctx }: Scope) => ({
    resource: { subject: "incident" as const, tenantId: ctx.tenantId },
    subject: `tenant:${ctx.tenantId}`,
  }),
  read: async (scope, { lever }) => {
    const risky = "risk" in lever ? await findRisky(scope.tx, scope.ctx.tenantId, lever) : [];
    // The name of a workflow may say as much as the workflow.
    const seen = new Set(clearedFor(scope, "workflow.read"));
    const named = risky.filter(({ dataSensitivity }) => seen.has(dataSensitivity)).slice(0, MOST_NAMED);
    return {
      ...{ words: leverWords(lever), workflowCount: risky.length },
      workflows: named.map(({ id, slug, name, riskProfile, environment }) => ({
        ...{ id, slug, name, riskProfile, environment },
      })),
    };
  },
});
