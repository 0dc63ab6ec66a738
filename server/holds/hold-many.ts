import { and, eq, inArray, isNotNull, isNull, or } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import { closeGate } from "@/db/gate";
import { recordEvents } from "@/db/outbox";
import { holds } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { HoldKind } from "./domain/hold";
import { holdLifted, holdSet } from "./events";

/** Who sets holds in a transaction of their own, and when. */
export interface HoldingBy {
  tenantId: string;
  newId: NewId;
  requestId: string;
  /** A reference, as receipts name actors. */
  actor: string;
  now: Date;
}

/** What a hold lies on that a mitigation sets. */
export type HeldThing = { scope: "workflow"; workflowId: string } | { scope: "class"; executionClass: ExecutionClass };

const subjectOf = ({ tenantId }: HoldingBy, thing: { workflowId?: string | null }) =>
  typeof thing.workflowId === "string" ? `workflow:${thing.workflowId}` : `tenant:${tenantId}`;

/**
 * Sets one kind of hold on several things, each with its receipt; what is held already stays as it is. From the commit on every
 * turn and start sees them. Returns the ids of those that it has set.
 */
export async function holdMany(
  tx: Tx,
  by: HoldingBy,
  { kind, on, reason }: { kind: HoldKind; on: readonly HeldThing[]; reason: string },
): Promise<string[]> {
  const { tenantId, newId, requestId, actor, now } = by;
  if (on.length === 0) return [];
  const made = await tx
    .insert(holds)
    .values(on.map((thing) => ({ tenantId, id: newId("hold"), kind, ...thing, reason, setBy: actor, setAt: now })))
    .onConflictDoNothing()
    .returning({ id: holds.id, workflowId: holds.workflowId });
  if (made.length === 0) return [];
  closeGate(tx, tenantId);
  recordEvents(
    tx,
    tenantId,
    newId,
    made.map(({ id: holdId }) => eventOf(holdSet, { tenantId, holdId, kind })),
  );
  appendLinks(
    tx,
    "receipts",
    made.map((hold) => ({
      ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, subject: subjectOf(by, hold) },
      action: hold.workflowId === null ? ("class.pause" as const) : (`workflow.${kind}` as const),
      body: { requestId, detail: { hold: hold.id, reason } },
    })),
  );
  return made.map(({ id }) => id);
}

/** Lifts those of these holds that are on, each with its receipt. A kill that still ends runs stays on, and is not among those returned. */
export async function liftMany(tx: Tx, by: HoldingBy, holdIds: readonly string[]): Promise<string[]> {
  const { tenantId, newId, requestId, actor, now } = by;
  if (holdIds.length === 0) return [];
  const lifted = await tx
    .update(holds)
    .set({ liftedBy: actor, liftedAt: now })
    .where(
      and(
        ...[eq(holds.tenantId, tenantId), inArray(holds.id, [...holdIds]), isNull(holds.liftedAt)],
        or(eq(holds.kind, "pause"), isNotNull(holds.settledAt)),
      ),
    )
    .returning({ id: holds.id, kind: holds.kind, workflowId: holds.workflowId });
  if (lifted.length === 0) return [];
  closeGate(tx, tenantId);
  recordEvents(
    tx,
    tenantId,
    newId,
    lifted.map(({ id: holdId, kind }) => eventOf(holdLifted, { tenantId, holdId, kind })),
  );
  appendLinks(
    tx,
    "receipts",
    lifted.map((hold) => ({
      ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, subject: subjectOf(by, hold) },
      action:
        hold.workflowId === null
          ? ("class.resume" as const)
          : hold.kind === "kill"
            ? ("workflow.lift" as const)
            : ("workflow.resume" as const),
      body: { requestId, detail: { hold: hold.id } },
    })),
  );
  return lifted.map(({ id }) => id);
}
