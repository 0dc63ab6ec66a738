import { and, arrayOverlaps, eq, inArray, sql } from "drizzle-orm";
import { approvals, members, runs, users, workflowVersions } from "@/db/schema";
import type { Role } from "@/policies/access/vocabulary";
import type { ChainChange, Comparison } from "@/policies/simulate/compare";
import type { Cube } from "@/policies/simulate/cubes";
import type { Affected } from "./pending-change";
import type { Scope } from "@/server/verb";

const NAMES_SHOWN = 10;

const rolesIn = (cubes: readonly Cube[]): Role[] => [...new Set(cubes.flatMap(({ roles }) => roles))];

const placesIn = (chains: readonly ChainChange[], of: ChainChange["of"]) =>
  chains.filter((chain) => chain.of === of).map(({ environment, riskProfile }) => `${environment} ${riskProfile}`);

async function openChains({ ctx, tx }: Scope, chains: readonly ChainChange[]): Promise<number> {
  const [toRun, toPublish] = [placesIn(chains, "run"), placesIn(chains, "publish")];
  let open = 0;
  if (toRun.length > 0)
    open += await tx.$count(
      tx
        .select({ id: approvals.id })
        .from(approvals)
        .innerJoin(runs, and(eq(runs.tenantId, approvals.tenantId), eq(runs.id, approvals.runId)))
        .where(
          and(
            ...[eq(approvals.tenantId, ctx.tenantId), eq(approvals.status, "pending")],
            inArray(sql`${runs.environment} || ' ' || ${runs.riskProfile}`, toRun),
          ),
        )
        .as("waiting"),
    );
  if (toPublish.length > 0)
    open += await tx.$count(
      workflowVersions,
      and(
        ...[eq(workflowVersions.tenantId, ctx.tenantId), eq(workflowVersions.status, "in_review")],
        inArray(sql`${workflowVersions.environment} || ' ' || ${workflowVersions.riskProfile}`, toPublish),
      ),
    );
  return open;
}

/** Counts what a change of policy would touch in the tenant as it is now. */
export async function affectedBy(scope: Scope, { newlyAllowed, newlyDenied, chains }: Comparison): Promise<Affected> {
  const { ctx, tx } = scope;
  const open = await openChains(scope, chains);
  const roles = rolesIn([...newlyAllowed, ...newlyDenied]);
  if (roles.length === 0) return { people: 0, names: [], openChains: open };
  const touched = and(eq(members.tenantId, ctx.tenantId), arrayOverlaps(members.roles, roles));
  const named = await tx
    .select({ name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(touched)
    .limit(NAMES_SHOWN);
  const names = named.map(({ name, email }) => name ?? email);
  return { people: await tx.$count(members, touched), names, openChains: open };
}
