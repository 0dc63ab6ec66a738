import { and, eq } from "drizzle-orm";
import { incidents, mitigations } from "@/db/schema";
import type { z } from "zod";
import { authorise, defineRead, defineWrite, parseInput, type Scope, tenantItself, type Verb } from "@/server/verb";
import { actorRef } from "@/server/kernel/actor";
import { conflict, notFound, preconditionFailed } from "@/server/kernel/errors";
import { carryOut } from "./carry-out";
import { type Figures, type Lever, leverWords } from "./domain/mitigation";
import { endMitigation } from "./end-mitigation";
import { findRisky } from "./find-risky";
import { readFigures } from "./read-figures";
import { applyMitigationSchema, previewMitigationSchema, undoMitigationSchema } from "./schemas";

/** An incident that somebody works on, locked; throws NotFound, or PreconditionFailed once it is closed. */
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
  for (const workflow of await findRisky(tx, ctx.tenantId, lever))
    authorise(ctx, `workflow.${verb}`, workflowResource(workflow), `workflow:${workflow.id}`);
}

/** A verb that is told how things stand: read before its transaction, as some of that is the executor's own. */
function knowingFigures<Input extends z.ZodType, Value>(
  verbWith: (figures: Figures) => Verb<Input, Value>,
): Verb<Input, Value> {
  const shape = verbWith({ at: "", atWork: 0, running: 0, queued: 0, limit: 0, burnRates: {} });
  const verb = async (...[ctx, input]: Parameters<Verb<Input, Value>>): Promise<Value> => {
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
      const wanted = { incidentId, lever, minutes, reason, ruleId: null, isDrill: incident.isDrill, before };
      return { value: { mitigationId: await carryOut(tx, by, wanted) } };
    },
  }),
);

/** Takes a mitigation back by hand. Throws NotFound, and Conflict for one that has ended. */
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
      return { resource, subject: `incident:${found.incidentId}` };
    },
    write: async ({ ctx, tx }, { mitigationId: id }) => {
      const isEnded = await endMitigation(tx, { ...ctx, actor: actorRef(ctx.actor) }, { id, end: "undone", now });
      if (!isEnded) throw conflict("This mitigation has ended already.");
      return { value: { mitigationId: id } };
    },
  }),
);

/** What a mitigation would lie on, before it is applied. */
export const previewMitigation = defineRead({
  action: "incident.read",
  input: previewMitigationSchema,
  load: async ({ ctx }: Scope) => ({
    resource: { subject: "incident" as const, tenantId: ctx.tenantId },
    subject: `tenant:${ctx.tenantId}`,
  }),
  read: async ({ ctx, tx }, { lever }) => {
    const risky = "risk" in lever ? await findRisky(tx, ctx.tenantId, lever) : [];
    return {
      words: leverWords(lever),
      workflows: risky.map(({ id, slug, name, riskProfile, environment }) => ({
        id,
        slug,
        name,
        riskProfile,
        environment,
      })),
    };
  },
});
