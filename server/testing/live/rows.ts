import {
  approvals,
  approvalVotes,
  holds,
  runs,
  triggers,
  workflowReviews,
  workflows,
  workflowVersions,
} from "@/db/schema";
import type { Database } from "@/db/client";
import { unique } from "@/db/testing/factories";
import { withTenant } from "@/db/tenancy";
import { DEFAULT_REGIONS, type Role } from "@/policies/access/vocabulary";
import type { Scenario } from "@/policies/simulate/scenarios";
import type { HoldKind } from "@/server/holds/domain/hold";
import { newId } from "@/server/kernel/ids";
import { ATTRIBUTES, twoStepDefinition } from "@/server/testing/definitions";
import { acceptableDefinition } from "@/server/workflows/acceptable-definition";
import type { VersionStatus } from "@/server/workflows/domain/version-status";

type Ask = Scenario["ask"];

/** Where rows go, and what the scenario says of them. */
export interface Spot {
  database: Database;
  tenantId: string;
  ask: Ask;
}

/** Who made the rows that somebody else asks about: none of the people who call. */
const SOMEBODY = "user:usr_somebody_else";
const HOUR_MS = 3_600_000;

/** A definition with the attributes that a scenario names, and what it takes of the defaults. */
export const definitionFor = ({ environment, region, risk, business_unit, sensitivity }: Ask) =>
  twoStepDefinition({
    attributes: {
      environment: environment ?? ATTRIBUTES.environment,
      region: region ?? DEFAULT_REGIONS[0],
      risk_profile: risk ?? ATTRIBUTES.risk_profile,
      business_unit: business_unit ?? ATTRIBUTES.business_unit,
      data_sensitivity: sensitivity ?? ATTRIBUTES.data_sensitivity,
    },
    input: {},
    steps: [{ id: "only", type: "http", request: { url: "https://orders.example.test/" } }],
  });

/** A workflow with one version. */
export async function makeVersion({ ask, ...spot }: Spot, status: VersionStatus, contributors: string[]) {
  const { tenantId } = spot;
  const [workflowId, versionId, slug] = [newId("workflow"), newId("workflowVersion"), unique("flow")];
  const { definition, contentHash, columns } = acceptableDefinition(definitionFor(ask), slug);
  const common = { tenantId, ...columns, createdBy: SOMEBODY };
  const publishedVersionId = status === "published" ? versionId : null;
  await withTenant(spot, async (tx) => {
    await tx.insert(workflows).values({ ...common, id: workflowId, slug, name: definition.name, publishedVersionId });
    await tx.insert(workflowVersions).values({
      ...{ ...common, id: versionId, workflowId, number: 1, status, definition, contentHash, contributors },
    });
  });
  return { workflowId, versionId, slug, contentHash, columns };
}

/** A run that has not begun. */
export async function makeRun(spot: Spot, contributors: string[] = []) {
  const { tenantId } = spot;
  const { workflowId, versionId, contentHash, columns } = await makeVersion(spot, "published", contributors);
  const runId = newId("run");
  await withTenant(spot, (tx) =>
    tx.insert(runs).values({
      ...{ tenantId, id: runId, workflowId, versionId, contentHash, ...columns, status: "queued", input: {} },
      ...{ startedBy: SOMEBODY, createdAt: new Date() },
    }),
  );
  return { runId, contentHash };
}

interface Approving {
  role: Role;
  contributors: string[];
  requesters: string[];
  voters: string[];
}

/** A request of a step, which waits for several people of a role. */
export async function makeApproval(spot: Spot, { role, contributors, requesters, voters }: Approving) {
  const { tenantId } = spot;
  const { runId, contentHash } = await makeRun(spot, contributors);
  const approvalId = newId("approval");
  const createdAt = new Date();
  // The column takes every role; that none is asked that may not approve, is checked where chains are written.
  const stages = [{ role: role as Exclude<Role, "read_only">, quorum: 5, expires_hours: 1 }];
  await withTenant(spot, async (tx) => {
    await tx.insert(approvals).values({
      ...{ tenantId, id: approvalId, runId, taskId: "only", contentHash, title: "Go on?", details: "", requesters },
      ...{ requestedBy: SOMEBODY, stages, stage: 0, role, status: "pending", createdAt },
      dueAt: new Date(createdAt.getTime() + HOUR_MS),
    });
    for (const voterId of voters)
      await tx
        .insert(approvalVotes)
        .values({ tenantId, approvalId, voterId, stage: 0, verdict: "approved", comment: "", createdAt });
  });
  return { approvalId, contentHash };
}

/** A hold on a workflow of which all is done but to lift it. */
export async function makeHold(spot: Spot, kind: HoldKind) {
  const { tenantId } = spot;
  const { workflowId } = await makeVersion(spot, "published", []);
  const [holdId, setAt] = [newId("hold"), new Date()];
  await withTenant(spot, (tx) =>
    tx.insert(holds).values({
      ...{ tenantId, id: holdId, kind, scope: "workflow", workflowId, reason: "It must wait", setBy: SOMEBODY },
      ...{ setAt, settledAt: setAt },
    }),
  );
  return { holdId };
}

/** A webhook for a workflow, without a secret. */
export async function makeTrigger(spot: Spot) {
  const { tenantId } = spot;
  const { workflowId } = await makeVersion(spot, "published", []);
  const [triggerId, now] = [newId("trigger"), new Date()];
  await withTenant(spot, (tx) =>
    tx.insert(triggers).values({
      ...{ tenantId, id: triggerId, workflowId, kind: "webhook", name: "Hook", settings: { expression: null } },
      ...{ isEnabled: true, roles: ["operator"], region: "eu", businessUnit: "general", clearance: "internal" },
      ...{ createdBy: SOMEBODY, createdAt: now, updatedAt: now },
    }),
  );
  return { triggerId };
}

/** Approving reviews of a version as it stands. */
export async function makeReviews(
  { tenantId, database }: Spot,
  { versionId, contentHash }: { versionId: string; contentHash: string },
  reviewerIds: readonly string[],
): Promise<void> {
  const given = { tenantId, versionId, contentHash, verdict: "approved" as const, comment: "", createdAt: new Date() };
  await withTenant({ database, tenantId }, (tx) =>
    tx.insert(workflowReviews).values(reviewerIds.map((reviewerId) => ({ ...given, id: newId("review"), reviewerId }))),
  );
}
