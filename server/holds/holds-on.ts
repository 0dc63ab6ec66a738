import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { deploymentKills, holds, users, workflows } from "@/db/schema";
import { clearedFor, type Scope } from "@/server/verb";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { HoldKind } from "./domain/hold";

/** A hold that is on, as a banner shows it. */
export interface HoldOn {
  id: string;
  kind: HoldKind;
  scope: "workflow" | "class" | "tenant" | "deployment";
  workflow: { id: string; slug: string; name: string } | null;
  executionClass: ExecutionClass | null;
  reason: string;
  /** Null where it is nobody of this tenant's. */
  setByName: string | null;
  setAt: string;
  /** A kill that has ended all runs, so that it can be lifted. */
  isSettled: boolean;
}

/** The id in `user:usr_…`; no person's where somebody else set the hold. */
const personWhoSet = sql`substr(${holds.setBy}, length('user:') + 1)`;

const ownOn = prepared("holds-on", (db) =>
  db
    .select({
      ...{ id: holds.id, kind: holds.kind, scope: holds.scope, reason: holds.reason, setBy: holds.setBy },
      executionClass: holds.executionClass,
      ...{
        setAt: holds.setAt,
        settledAt: holds.settledAt,
        setByName: sql<string | null>`coalesce(${users.name}, ${users.email})`,
      },
      workflow: { id: workflows.id, slug: workflows.slug, name: workflows.name },
    })
    .from(holds)
    .leftJoin(workflows, and(eq(workflows.tenantId, holds.tenantId), eq(workflows.id, holds.workflowId)))
    .leftJoin(users, eq(users.id, personWhoSet))
    .where(
      and(
        eq(holds.tenantId, sql.placeholder("tenantId")),
        isNull(holds.liftedAt),
        // The name and the reason of a hold may say as much as its workflow.
        sql`(${workflows.id} is null or ${workflows.dataSensitivity} = any(${sql.placeholder("sensitivities")}))`,
      ),
    )
    .orderBy(sql`${holds.scope} <> 'tenant'`, asc(holds.scope), asc(holds.kind), asc(holds.setAt)),
);

const deploymentOn = prepared("deployment-kill-on", (db) =>
  db
    .select({
      ...{ id: deploymentKills.id, reason: deploymentKills.reason },
      ...{ setAt: deploymentKills.setAt, settledAt: deploymentKills.settledAt },
    })
    .from(deploymentKills)
    .where(isNull(deploymentKills.liftedAt)),
);

/**
 * The holds that are on over this tenant, as far as the caller's clearance reaches: the widest first. Both statements are
 * sent at once.
 */
export async function holdsOn(scope: Scope): Promise<HoldOn[]> {
  const { ctx, tx } = scope;
  const [ofAll, own] = await Promise.all([
    deploymentOn(tx, {}),
    ownOn(tx, { tenantId: ctx.tenantId, sensitivities: clearedFor(scope, "workflow.read") }),
  ]);
  return [
    ...ofAll.map(({ id, reason, setAt, settledAt }) => ({
      ...{ id, kind: "kill" as const, scope: "deployment" as const, workflow: null, reason, setByName: null },
      executionClass: null,
      ...{ setAt: setAt.toISOString(), isSettled: settledAt !== null },
    })),
    ...own.map(({ setBy, setAt, settledAt, setByName, ...rest }) => ({
      ...rest,
      setByName: setByName ?? setBy,
      ...{ setAt: setAt.toISOString(), isSettled: settledAt !== null },
    })),
  ];
}
