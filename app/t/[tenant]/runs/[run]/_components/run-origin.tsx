import { IdText } from "@/app/_shared/id-text";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import type { RunDetail } from "./run-detail";
import classes from "./run-origin.module.css";
import { stepName } from "./step-name";

/** Of which run this one repeats a part. */
export function Repeats({ tenant, run }: { tenant: string; run: RunDetail }) {
  if (run.repeats === null) return null;
  const { runId, stepId } = run.repeats;
  return (
    <p className={classes.origin}>
      Repeats{" "}
      <a href={`/t/${tenant}/runs/${runId}`}>
        <IdText id={runId} />
      </a>{" "}
      from “{stepName(run, stepId)}” on.{" "}
      <a href={`/t/${tenant}/runs/compare?left=${runId}&right=${run.id}`}>Compare both</a>
    </p>
  );
}

/** Which run waits for this one. */
export function CalledBy({ tenant, run }: { tenant: string; run: RunDetail }) {
  if (run.calledBy === null) return null;
  const { runId, stepId } = run.calledBy;
  return (
    <p className={classes.origin}>
      Called by the step {stepId} of{" "}
      <a href={`/t/${tenant}/runs/${runId}`}>
        <IdText id={runId} />
      </a>
      , which waits for its end.
    </p>
  );
}

/** The runs that repeat a part of this one. */
export function RepeatedBy({ tenant, run, zone }: { tenant: string; run: RunDetail; zone: string }) {
  if (run.repeatedBy.length === 0) return null;
  return (
    <Panel title="Repeated by">
      <ul className={classes.list}>
        {run.repeatedBy.map(({ runId, stepId, status, createdAt }) => (
          <li key={runId}>
            <a href={`/t/${tenant}/runs/${runId}`}>
              <IdText id={runId} />
            </a>{" "}
            from “{stepName(run, stepId)}” on, <Moment at={createdAt} zone={zone} /> <Status status={status} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
