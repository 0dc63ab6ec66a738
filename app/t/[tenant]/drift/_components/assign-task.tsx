"use client";

import { AssignButton } from "@/app/_shared/form/assign-button";
import { useTRPCClient } from "@/app/_trpc/client";

interface Props {
  task: { id: string; memberId: string | null; dueAt: string };
  members: { id: string; name: string }[];
}

/** Says who sees to a difference, and by when. */
export function AssignTask({ task, members }: Props) {
  const client = useTRPCClient();
  return (
    <AssignButton
      given={task}
      members={members}
      act={(assigned) => client.drift.assign.mutate({ taskId: task.id, ...assigned })}
    />
  );
}
