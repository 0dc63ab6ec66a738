import { and, asc, eq, gt, sql } from "drizzle-orm";
import { preparedSql } from "@/db/prepared";
import { afterThoseSent } from "@/db/sent-order";
import { eventWaits, sentEvents, type StepOutcome } from "@/db/schema";
import { sendLast, type Tx, withTenant } from "@/db/tenancy";
import { isObject, type Json } from "@/server/kernel/json";
import { conditionHolds } from "@/server/platform/condition";
import type { Step } from "@/server/workflows/domain/step";
import { type AwaitedEvent, isMatched, matchKeyOf, type SeenEvent } from "../domain/event-match";
import type { AwaitingTask } from "../deliver-result";
import type { StepStatus } from "../domain/status";
import type { ExecutionContext } from "./context";

/** Events that a last look reads at a time. */
const LOOK = 50;

// The place is read by the statement that begins the wait, when no event has a place that is not committed: what is sent
// once the begin is committed comes after it.
const keep = preparedSql(
  "keep-event-waits",
  `insert into event_waits (tenant_id, run_id, task_id, event_name, match_key, matches, condition, created_at, after_place)
   select $1, $2, wait.*, coalesce((select max(place) from sent_events where tenant_id = $1), 0)
   from unnest($3::text[], $4::text[], $5::text[], $6::json[], $7::text[], $8::timestamptz[]) as wait
   on conflict do nothing`,
);

/** Of a step that is being written, what tells whether it waits and for what. */
interface Begun {
  taskId: string;
  step: Step;
  status: StepStatus;
  input: Json;
  startedAt: Date;
}

/** With the begin of steps that wait for an event, in its transaction: that they wait. The database ends it with the step. */
export function keepEventWaits(tx: Tx, tenantId: string, runId: string, writes: readonly Begun[]): void {
  const begun = writes.filter(
    ({ step, status }) => step.type === "wait" && step.event !== undefined && status === "running",
  );
  if (begun.length === 0) return;
  const waits = begun.map(({ taskId, input, startedAt }) => {
    const { event, match, when } = input as unknown as AwaitedEvent;
    return { taskId, event, key: matchKeyOf(match), match: JSON.stringify(match), when, startedAt };
  });
  const values = [
    waits.map(({ taskId }) => taskId),
    waits.map(({ event }) => event),
    waits.map(({ key }) => key),
    waits.map(({ match }) => match),
    waits.map(({ when }) => when),
    waits.map(({ startedAt }) => startedAt),
  ];
  afterThoseSent(tx, tenantId);
  sendLast(tx, () => keep(tx, [tenantId, runId, ...values]));
}

type SentRow = typeof sentEvents.$inferSelect;

/** An event that a program sent, as conditions read it. */
export const seenOf = ({ id, name, data }: SentRow): SeenEvent => ({ id, name, data: isObject(data) ? data : {} });

/** What conditions come to about one event, each asked once, however many steps wait under the same. */
export function conditionsOf(event: SeenEvent, tenantId: string): (condition: string | null) => Promise<boolean> {
  const asked = new Map<string | null, Promise<boolean>>();
  return (condition) => {
    const known = asked.get(condition) ?? conditionHolds(condition, { event: { ...event } }, tenantId);
    asked.set(condition, known);
    return known;
  };
}

/** The first event that a wait is for and that is on its way to those who wait; null when none is. */
export async function findUndelivered(ctx: ExecutionContext, task: AwaitingTask): Promise<StepOutcome | null> {
  const { tenantId, runId, taskId } = task;
  const ofWait = and(eq(eventWaits.tenantId, tenantId), eq(eventWaits.runId, runId), eq(eventWaits.taskId, taskId));
  let after: number | null = 0;
  while (after !== null) {
    const from: number = after;
    const rows = await withTenant(ctx, (tx) =>
      tx
        .select({ sent: sentEvents, wait: eventWaits })
        .from(eventWaits)
        .innerJoin(
          sentEvents,
          and(
            ...[eq(sentEvents.tenantId, tenantId), eq(sentEvents.name, eventWaits.eventName)],
            ...[sql`${sentEvents.isUndelivered}`, gt(sentEvents.place, eventWaits.afterPlace)],
          ),
        )
        .where(and(ofWait, gt(sentEvents.place, from)))
        .orderBy(asc(sentEvents.place))
        .limit(LOOK),
    );
    for (const { sent, wait } of rows) {
      const event = seenOf(sent);
      const isConcerned =
        isMatched(wait.matches, event.data) &&
        (await conditionHolds(wait.condition, { event: { ...event } }, tenantId));
      if (isConcerned) return { ok: true, output: event.data };
    }
    after = rows.length < LOOK ? null : (rows.at(-1)?.sent.place ?? null);
  }
  return null;
}
