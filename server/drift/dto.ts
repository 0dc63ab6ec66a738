import type { remediationTasks } from "@/db/schema";

interface Row {
  task: typeof remediationTasks.$inferSelect;
  name: string | null;
  email: string | null;
  memberId: string | null;
}

/** A task as people see it. */
export function remediationDto({ task, name, email, memberId }: Row) {
  const { id, kind, key, title, expected, found, undo, undoRuns, dueAt, openedAt, closedAt, acceptedFound, times } =
    task;
  return {
    ...{ id, kind, key, title, expected, found, undo, undoRuns, times },
    ...{ dueAt: dueAt.toISOString(), openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
    isAccepted: acceptedFound !== null,
    owner: task.ownerId === null ? null : { memberId, name: name ?? email ?? task.ownerId },
  };
}
