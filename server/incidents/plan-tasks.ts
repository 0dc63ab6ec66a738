import { and, count, eq } from "drizzle-orm";
import { incidentTasks } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, limitReached } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { findMember } from "./find-member";
import { loadIncidentForChange, loadTaskForChange } from "./load";
import { addTaskSchema, finishTaskSchema } from "./schemas";

/** Tasks of one incident: more than anybody keeps an eye on. */
const TASKS_MAX = 100;

/** Adds a task to an incident, with an owner and a due date where they are known. At most 100 (LimitReached). */
export const addTask = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.plan",
  input: addTaskSchema,
  load: loadIncidentForChange,
  write: async (scope, { incidentId, title, ownerId, dueAt = null }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    const owner = ownerId === undefined ? null : await findMember(scope, ownerId);
    const [there] = await tx
      .select({ count: count() })
      .from(incidentTasks)
      .where(and(eq(incidentTasks.tenantId, tenantId), eq(incidentTasks.incidentId, incidentId)));
    if (there !== undefined && there.count >= TASKS_MAX)
      throw limitReached(`An incident has ${TASKS_MAX} tasks at most.`, { limit: TASKS_MAX });
    const taskId = ctx.newId("incidentTask");
    await tx.insert(incidentTasks).values({
      ...{ tenantId, id: taskId, incidentId, title, ownerId: owner?.userId ?? null, dueAt },
      ...{ createdBy: actorRef(ctx.actor), createdAt: now },
    });
    const facts = { taskId, ownerId: owner?.userId ?? null, dueAt: dueAt?.toISOString() ?? null };
    await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "task", text: title, facts });
    return { value: { taskId }, detail: { title, ...facts } };
  },
});

/** Says that a task is done, or is not after all. No change is a Conflict. */
export const finishTask = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.plan",
  input: finishTaskSchema,
  load: loadTaskForChange,
  write: async ({ ctx, tx, now }, { taskId, isDone }, { task }) => {
    if ((task.doneAt !== null) === isDone) throw conflict(isDone ? "It is done already." : "It is not done.");
    await tx
      .update(incidentTasks)
      .set(isDone ? { doneBy: actorRef(ctx.actor), doneAt: now } : { doneBy: null, doneAt: null })
      .where(and(eq(incidentTasks.tenantId, ctx.tenantId), eq(incidentTasks.id, taskId)));
    const { incidentId, title } = task;
    const facts = { taskId, isDone };
    await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "task", text: title, facts });
    return { value: { isDone }, detail: facts };
  },
});
