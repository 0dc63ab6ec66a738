import { CopyButton } from "@/app/_shared/copy-text";
import { Moment } from "@/app/_shared/moment";
import { Facts, Panel } from "@/app/_shared/page";
import { runbookHref } from "@/server/guides/domain/alerts";
import { AssignTask } from "./assign-task";
import classes from "./task.module.css";

interface Task {
  id: string;
  title: string;
  kind: string;
  expected: string;
  found: string;
  undo: string;
  undoRuns: "sql" | "command";
  dueAt: string;
  openedAt: string;
  closedAt: string | null;
  times: number;
  isAccepted: boolean;
  owner: { memberId: string | null; name: string } | null;
}

interface Props {
  tenant: string;
  task: Task;
  zone: string;
  /** Whom it may be assigned to; null where the reader may not assign. */
  members: { id: string; name: string }[] | null;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  pack: "Shipped pack",
  tenant_policy: "Policy of the tenant",
  database: "Database",
  process: "Running code",
  behaviour: "Decisions",
};

const RUNS = { sql: "as the database's owner", command: "in a shell of the deployment" } as const;

function Side({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <h3>{title}</h3>
      <pre className={classes.text}>{text}</pre>
    </div>
  );
}

/** One difference: what is expected and found, how to undo it, and who sees to it. */
export function TaskPanel({ tenant, task, zone, members }: Props) {
  const { id, title, kind, expected, found, undo, undoRuns, openedAt, closedAt, dueAt, owner, times, isAccepted } =
    task;
  const isOpen = closedAt === null;
  return (
    <Panel title={title} aside={<a href={`/t/${tenant}/drift/${id}`}>Link to it</a>}>
      <div className={classes.sides}>
        <Side title="Expected" text={expected} />
        <Side title="Found" text={found} />
      </div>
      <div className={classes.undo}>
        <div className={classes.undoHead}>
          <h3>To undo it, run {RUNS[undoRuns]}</h3>
          <CopyButton text={undo} what="what undoes it" />
        </div>
        <pre className={classes.text}>{undo}</pre>
      </div>
      <Facts
        rows={[
          ["Kind", KIND_WORDS[kind] ?? kind],
          [
            "Runbook",
            <a key="runbook" href={runbookHref("drift-found", kind)}>
              What to do about it
            </a>,
          ],
          ["Owner", owner?.name ?? "Nobody yet"],
          isOpen
            ? ["Due", <Moment key="due" at={dueAt} zone={zone} />]
            : ["Closed", <Moment key="closed" at={closedAt} zone={zone} />],
          [times === 1 ? "Found" : `Found ${times} times, last`, <Moment key="opened" at={openedAt} zone={zone} />],
          ...(isAccepted ? ([["Accepted", "Yes, its receipt says why"]] as const) : []),
        ]}
      />
      {isOpen && members !== null ? (
        <AssignTask task={{ id, memberId: owner?.memberId ?? null, dueAt }} members={members} />
      ) : null}
    </Panel>
  );
}
