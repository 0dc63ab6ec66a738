import { and, eq, inArray } from "drizzle-orm";
import {
  accessReviews,
  adapters,
  apiKeys,
  approvals,
  audits,
  bundles,
  controlExceptions,
  evidenceItems,
  findings,
  incidents,
  invitations,
  members,
  onCallSchedules,
  policyChanges,
  remediationTasks,
  runs,
  secrets,
  sentEvents,
  slos,
  triggers,
  users,
  workflows,
  workflowVersions,
} from "@/db/schema";
import { PACKS } from "@/policies/packs";
import { clearedFor, type Scope } from "@/server/verb";
import { nameOfMachine, splitReference } from "./domain/reference";

/** What a reference stands for, and where in the tenant's pages it is shown, such as `runs/run_…`. */
export interface Named {
  name: string;
  path: string | null;
}

type Entries = [id: string, named: Named][];

// A thing is named within the reach that its own kind has: the name of a thing may say as much as the thing.

const LOOK_UPS: Readonly<Record<string, (scope: Scope, ids: string[]) => Promise<Entries>>> = {
  tenant: async ({ ctx }) => [[ctx.tenantId, { name: ctx.tenant.name, path: "settings" }]],
  user: async ({ tx }, ids) => {
    const rows = await tx
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(inArray(users.id, ids));
    return rows.map(({ id, name, email }) => [id, { name: name ?? email, path: null }]);
  },
  member: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: members.id, name: users.name, email: users.email })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.tenantId, ctx.tenantId), inArray(members.id, ids)));
    return rows.map(({ id, name, email }) => [
      id,
      { name: name ?? email, path: `members?text=${encodeURIComponent(email)}` },
    ]);
  },
  invitation: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: invitations.id, email: invitations.email })
      .from(invitations)
      .where(and(eq(invitations.tenantId, ctx.tenantId), inArray(invitations.id, ids)));
    return rows.map(({ id, email }) => [id, { name: email, path: null }]);
  },
  api_key: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: apiKeys.id, name: apiKeys.name })
      .from(apiKeys)
      .where(and(eq(apiKeys.tenantId, ctx.tenantId), inArray(apiKeys.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: null }]);
  },
  access_review: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: accessReviews.id, title: accessReviews.title })
      .from(accessReviews)
      .where(and(eq(accessReviews.tenantId, ctx.tenantId), inArray(accessReviews.id, ids)));
    return rows.map(({ id, title }) => [id, { name: title, path: `access-reviews/${id}` }]);
  },
  slo: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: slos.id, spec: slos.spec })
      .from(slos)
      .where(and(eq(slos.tenantId, ctx.tenantId), inArray(slos.id, ids)));
    return rows.map(({ id, spec }) => [id, { name: spec.title, path: "slos" }]);
  },
  secret: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .selectDistinct({ id: secrets.id, name: secrets.name })
      .from(secrets)
      .where(and(eq(secrets.tenantId, ctx.tenantId), inArray(secrets.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: null }]);
  },
  trigger: async (scope, ids) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select({ id: triggers.id, name: triggers.name, slug: workflows.slug })
      .from(triggers)
      .innerJoin(workflows, and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, triggers.workflowId)))
      .where(
        and(
          eq(triggers.tenantId, ctx.tenantId),
          inArray(triggers.id, ids),
          inArray(workflows.dataSensitivity, clearedFor(scope, "trigger.read")),
        ),
      );
    return rows.map(({ id, name, slug }) => [id, { name, path: `workflows/${slug}/triggers` }]);
  },
  adapter: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: adapters.id, name: adapters.name })
      .from(adapters)
      .where(and(eq(adapters.tenantId, ctx.tenantId), inArray(adapters.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: "adapters" }]);
  },
  audit: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: audits.id, at: audits.startedAt })
      .from(audits)
      .where(and(eq(audits.tenantId, ctx.tenantId), inArray(audits.id, ids)));
    return rows.map(({ id, at }) => [id, { name: `Audit of ${at.toISOString().slice(0, 10)}`, path: `audits/${id}` }]);
  },
  finding: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: findings.id, name: findings.title })
      .from(findings)
      .where(and(eq(findings.tenantId, ctx.tenantId), inArray(findings.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: `findings/${id}` }]);
  },
  remediation: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: remediationTasks.id, name: remediationTasks.title })
      .from(remediationTasks)
      .where(and(eq(remediationTasks.tenantId, ctx.tenantId), inArray(remediationTasks.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: `drift/${id}` }]);
  },
  bundle: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: bundles.id, tag: bundles.tag, from: bundles.periodFrom, to: bundles.periodTo })
      .from(bundles)
      .where(and(eq(bundles.tenantId, ctx.tenantId), inArray(bundles.id, ids)));
    const day = (at: Date) => at.toISOString().slice(0, 10);
    return rows.map(({ id, tag, from, to }) => [id, { name: `${tag}, ${day(from)} to ${day(to)}`, path: "evidence" }]);
  },
  evidence: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: evidenceItems.id, title: evidenceItems.title })
      .from(evidenceItems)
      .where(and(eq(evidenceItems.tenantId, ctx.tenantId), inArray(evidenceItems.id, ids)));
    return rows.map(({ id, title }) => [id, { name: title, path: "evidence" }]);
  },
  control_exception: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: controlExceptions.id, control: controlExceptions.control })
      .from(controlExceptions)
      .where(and(eq(controlExceptions.tenantId, ctx.tenantId), inArray(controlExceptions.id, ids)));
    return rows.map(({ id, control }) => [id, { name: control, path: `compliance/${control}` }]);
  },
  incident: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: incidents.id, title: incidents.title })
      .from(incidents)
      .where(and(eq(incidents.tenantId, ctx.tenantId), inArray(incidents.id, ids)));
    return rows.map(({ id, title }) => [id, { name: title, path: `incidents/${id}` }]);
  },
  on_call_schedule: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: onCallSchedules.id, name: onCallSchedules.name })
      .from(onCallSchedules)
      .where(and(eq(onCallSchedules.tenantId, ctx.tenantId), inArray(onCallSchedules.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: "on-call" }]);
  },
  event: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: sentEvents.id, name: sentEvents.name })
      .from(sentEvents)
      .where(and(eq(sentEvents.tenantId, ctx.tenantId), inArray(sentEvents.id, ids)));
    return rows.map(({ id, name }) => [id, { name, path: null }]);
  },
  workflow: async (scope, ids) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select({ id: workflows.id, name: workflows.name, slug: workflows.slug })
      .from(workflows)
      .where(
        and(
          eq(workflows.tenantId, ctx.tenantId),
          inArray(workflows.id, ids),
          inArray(workflows.dataSensitivity, clearedFor(scope, "workflow.read")),
        ),
      );
    return rows.map(({ id, name, slug }) => [id, { name, path: `workflows/${slug}` }]);
  },
  workflow_version: async (scope, ids) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select({
        ...{ id: workflowVersions.id, number: workflowVersions.number, name: workflows.name, slug: workflows.slug },
      })
      .from(workflowVersions)
      .innerJoin(workflows, and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowVersions.workflowId)))
      .where(
        and(
          eq(workflowVersions.tenantId, ctx.tenantId),
          inArray(workflowVersions.id, ids),
          inArray(workflowVersions.dataSensitivity, clearedFor(scope, "workflow.read")),
          inArray(workflows.dataSensitivity, clearedFor(scope, "workflow.read")),
        ),
      );
    return rows.map(({ id, number, name, slug }) => [
      id,
      { name: `${name}, version ${number}`, path: `workflows/${slug}?to=${number}` },
    ]);
  },
  policy_change: async ({ ctx, tx }, ids) => {
    const rows = await tx
      .select({ id: policyChanges.id, profile: policyChanges.profile, tightening: policyChanges.tightening })
      .from(policyChanges)
      .where(and(eq(policyChanges.tenantId, ctx.tenantId), inArray(policyChanges.id, ids)));
    return rows.map(({ id, profile, tightening }) => {
      const pack = `the pack ${PACKS[profile].title}`;
      const name = Object.keys(tightening).length === 0 ? pack : `${pack}, tightened`;
      return [id, { name, path: "policy/changes" }];
    });
  },
  break_glass: async (_scope, ids) => ids.map((id) => [id, { name: "break-glass", path: "policy/break-glass" }]),
  approval: async (scope, ids) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select({ id: approvals.id, title: approvals.title })
      .from(approvals)
      .innerJoin(runs, and(eq(runs.tenantId, ctx.tenantId), eq(runs.id, approvals.runId)))
      .where(
        and(
          eq(approvals.tenantId, ctx.tenantId),
          inArray(approvals.id, ids),
          inArray(runs.dataSensitivity, clearedFor(scope, "approval.read")),
        ),
      );
    return rows.map(({ id, title }) => [id, { name: title, path: `approvals/${id}` }]);
  },
  run: async (scope, ids) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select({ id: runs.id, name: workflows.name })
      .from(runs)
      .innerJoin(workflows, and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, runs.workflowId)))
      .where(
        and(
          eq(runs.tenantId, ctx.tenantId),
          inArray(runs.id, ids),
          inArray(runs.dataSensitivity, clearedFor(scope, "run.read")),
          inArray(workflows.dataSensitivity, clearedFor(scope, "workflow.read")),
        ),
      );
    return rows.map(({ id, name }) => [id, { name, path: `runs/${id}` }]);
  },
};

/**
 * What actors and subjects such as `user:usr_…` are called, one query per kind. What is gone, and what lies above the
 * caller's clearance, has no name.
 */
export async function nameReferences(scope: Scope, references: Iterable<string>): Promise<ReadonlyMap<string, Named>> {
  const names = new Map<string, Named>();
  const byKind = new Map<string, Set<string>>();
  for (const reference of references) {
    const machine = nameOfMachine(reference);
    if (machine !== null) names.set(reference, { name: machine, path: null });
    const { kind, id } = splitReference(reference);
    byKind.set(kind, (byKind.get(kind) ?? new Set()).add(id));
  }
  for (const [kind, ids] of byKind) {
    const lookUp = Object.hasOwn(LOOK_UPS, kind) ? LOOK_UPS[kind] : undefined;
    for (const [id, named] of (await lookUp?.(scope, [...ids])) ?? []) names.set(`${kind}:${id}`, named);
  }
  return names;
}
