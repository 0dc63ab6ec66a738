import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { remediationTasks } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { closedFor } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import { dueAt } from "./domain/due";
import { remediationOpened } from "./events";
import type { Found, KnownTask } from "./find-drift";

export interface TaskContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  tenantId: string;
}

interface Changed {
  action: ReceiptAction;
  id: string;
  detail: Json;
}

/** A new task, or the one of the same thing opened again; null where another look was first. */
async function open(tx: Tx, ctx: TaskContext, found: Found, known: KnownTask | undefined): Promise<Changed | null> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const { kind, key, title, expected, undo } = found;
  const says = { title, expected, found: found.found, undo: undo.text, undoRuns: undo.runs };
  const opened = { ...says, openedAt: now, dueAt: dueAt(kind, now), closedAt: null, acceptedFound: null };
  const rows =
    known === undefined
      ? await tx
          .insert(remediationTasks)
          .values({ ...opened, tenantId, id: ctx.newId("remediation"), kind, key })
          .onConflictDoNothing()
          .returning({ id: remediationTasks.id, times: remediationTasks.times })
      : await tx
          .update(remediationTasks)
          .set({ ...opened, times: known.times + 1 })
          .where(
            and(
              eq(remediationTasks.tenantId, tenantId),
              eq(remediationTasks.id, known.id),
              isNotNull(remediationTasks.closedAt),
            ),
          )
          .returning({ id: remediationTasks.id, times: remediationTasks.times });
  const [row] = rows;
  if (row === undefined) return null;
  const detail = { kind, key, title, expected, found: found.found, undo: undo.text, times: row.times };
  return { action: "remediation.open", id: row.id, detail };
}

/** What is found has changed while its task is open: it says what is there now. */
async function renew(tx: Tx, { tenantId }: TaskContext, { title, expected, found, undo }: Found, { id }: KnownTask) {
  await tx
    .update(remediationTasks)
    .set({ title, expected, found, undo: undo.text, undoRuns: undo.runs })
    .where(and(eq(remediationTasks.tenantId, tenantId), eq(remediationTasks.id, id)));
}

async function close(tx: Tx, ctx: TaskContext, { id, key }: KnownTask): Promise<Changed | null> {
  const closed = await tx
    .update(remediationTasks)
    .set({ closedAt: ctx.clock.now() })
    .where(
      and(eq(remediationTasks.tenantId, ctx.tenantId), eq(remediationTasks.id, id), isNull(remediationTasks.closedAt)),
    )
    .returning({ id: remediationTasks.id });
  return closed.length === 0 ? null : { action: "remediation.close", id, detail: { key } };
}

function putOnRecord(tx: Tx, ctx: TaskContext, changes: readonly Changed[]): void {
  const at = ctx.clock.now().toISOString();
  appendLinks(
    tx,
    "receipts",
    changes.map(({ action, id, detail }) => ({
      ...{ tenantId: ctx.tenantId, id: ctx.newId("receipt"), at, actor: "job:detect-drift", action },
      ...{ subject: `remediation:${id}`, body: { requestId: ctx.requestId, detail } },
    })),
  );
}

/** Of what was found, what a tenant is told of: all that concerns the deployment, and the rest where its plan has it. */
async function toTell(tx: Tx, { tenantId, clock }: TaskContext, found: readonly Found[]): Promise<readonly Found[]> {
  if (found.every(({ isOfDeployment }) => isOfDeployment)) return found;
  const closed = await closedFor(tx, { tenantId, feature: "drift-detection", use: "change" }, clock.now());
  return closed === null ? found : found.filter(({ isOfDeployment }) => isOfDeployment);
}

/**
 * Brings one tenant's tasks to what was found there: opens, opens again and closes them, each with a receipt, in one
 * transaction. Opens none to a tenant without the feature. May be repeated.
 */
export function changeTasks(
  ctx: TaskContext,
  differences: readonly Found[],
  tasks: readonly KnownTask[],
): Promise<{ opened: number; closed: number }> {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  const keys = new Set(differences.map(({ key }) => key));
  return withTenant(ctx, async (tx) => {
    const opened: Changed[] = [];
    const told = new Set(await toTell(tx, ctx, differences));
    for (const found of differences) {
      const known = byKey.get(found.key);
      if (!told.has(found) && (known === undefined || known.closedAt !== null)) continue;
      if (known === undefined || known.closedAt !== null) {
        const change = await open(tx, ctx, found, known);
        if (change !== null) opened.push(change);
      } else if (known.found !== found.found) await renew(tx, ctx, found, known);
    }
    const closed: Changed[] = [];
    for (const task of tasks) {
      if (task.closedAt !== null || keys.has(task.key)) continue;
      const change = await close(tx, ctx, task);
      if (change !== null) closed.push(change);
    }
    const [first] = opened;
    if (first !== undefined) {
      const news = { tenantId: ctx.tenantId, taskId: first.id, count: opened.length };
      const openedAt = ctx.clock.now().toISOString();
      recordEvents(tx, ctx.tenantId, ctx.newId, [eventOf(remediationOpened, { ...news, openedAt })]);
    }
    putOnRecord(tx, ctx, [...opened, ...closed]);
    return { opened: opened.length, closed: closed.length };
  });
}
