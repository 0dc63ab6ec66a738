import { and, eq, inArray } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { type Failure, runs, runSteps } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import { runStopped } from "../events";

/** Who ends runs, when, and how. */
interface Ending {
  tenantId: string;
  newId: NewId;
  requestId: string;
  now: Date;
  actor: string;
  status: "cancelled" | "killed";
  failure: Failure;
  /** What their receipts say besides how they stood and why. */
  detail: Readonly<Record<string, Json>>;
}

/** Ends open runs that the caller has locked, each with its event and receipt; steps that are out are dropped. */
export async function endRuns(tx: Tx, rows: readonly { id: string; status: string }[], ending: Ending): Promise<void> {
  const { tenantId, newId, requestId, now, actor, status, failure, detail } = ending;
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx
    .update(runs)
    .set({ status, endedAt: now, failure })
    .where(and(eq(runs.tenantId, tenantId), inArray(runs.id, ids)));
  await tx
    .update(runSteps)
    .set({ status: "skipped", endedAt: now })
    .where(and(eq(runSteps.tenantId, tenantId), inArray(runSteps.runId, ids), eq(runSteps.status, "running")));
  recordEvents(
    tx,
    tenantId,
    newId,
    ids.map((runId) => eventOf(runStopped, { tenantId, runId })),
  );
  appendLinks(
    tx,
    "receipts",
    rows.map(({ id, status: from }) => ({
      ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor },
      ...{ action: status === "killed" ? "run.kill" : "run.cancel", subject: `run:${id}` },
      body: { requestId, detail: { from, reason: failure.message, ...detail } },
    })),
  );
}
