"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import classes from "./incident.module.css";

const TaskDialog = dynamic(() => import("./task-dialog").then((module) => module.TaskDialog), { ssr: false });

interface Props {
  incidentId: string;
  tasks: readonly {
    id: string;
    title: string;
    ownerName: string | null;
    dueAt: string | null;
    doneAt: string | null;
  }[];
  members: readonly { id: string; name: string }[];
  mayWork: boolean;
  zone: string;
}

/** What is to be done about it, by whom and until when. */
export function TasksPanel({ incidentId, tasks, members, mayWork, zone }: Props) {
  const client = useTRPCClient();
  const [isAdding, setIsAdding] = useState(false);
  const finish = useAction(
    ({ taskId, isDone }: { taskId: string; isDone: boolean }) => client.incidents.finishTask.mutate({ taskId, isDone }),
    { said: ({ isDone }) => (isDone ? "Done" : "Not done after all") },
  );
  return (
    <Panel title="Tasks">
      <RefusalNotice refusal={finish.refusal} />
      <ul className={classes.list}>
        {tasks.length === 0 ? <li className={classes.about}>Nothing is to be done yet.</li> : null}
        {tasks.map(({ id, title, ownerName, dueAt, doneAt }) => (
          <li key={id} className={classes.item}>
            <span>
              <span className={doneAt === null ? undefined : classes.done}>{title}</span>
              <br />
              <span className={classes.about}>
                {doneAt === null ? (
                  <>
                    {ownerName ?? "Nobody yet"}
                    {dueAt === null ? null : (
                      <>
                        , due <Moment at={dueAt} zone={zone} />
                      </>
                    )}
                  </>
                ) : (
                  <>
                    Done <Moment at={doneAt} zone={zone} />
                  </>
                )}
              </span>
            </span>
            {mayWork ? (
              <RowButton
                label={doneAt === null ? "Done" : "Not done"}
                says={`${title}: ${doneAt === null ? "done" : "not done"}`}
                onClick={() => finish.run({ taskId: id, isDone: doneAt === null })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayWork ? (
        <Button variant="default" size="xs" onClick={() => setIsAdding(true)}>
          Add a task
        </Button>
      ) : null}
      {isAdding ? <TaskDialog incidentId={incidentId} members={members} onClose={() => setIsAdding(false)} /> : null}
    </Panel>
  );
}
