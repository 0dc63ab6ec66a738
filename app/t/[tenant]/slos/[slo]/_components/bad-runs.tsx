import { durationText } from "@/app/_shared/duration";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import { CLASS_WORDS } from "@/server/workflows/domain/execution-class";
import type { BadRun } from "../../_components/slo-row";
import classes from "./slo-detail.module.css";

interface Props {
  tenant: string;
  runs: readonly BadRun[];
  zone: string;
  /** What the range is called. */
  over: string;
}

/** The runs behind the number: failed ones, and slow ones where time matters. */
export function BadRuns({ tenant, runs, zone, over }: Props) {
  return (
    <Panel title="Runs behind the number" aside={<a href={`/t/${tenant}/runs?status=failed`}>All failed runs</a>}>
      {runs.length === 0 ? (
        <p>No run that you may see was bad for this objective in {over}.</p>
      ) : (
        <ul className={classes.rules}>
          {runs.map(({ id, workflow, status, executionClass, workedMs, endedAt }) => (
            <li key={id}>
              <a href={`/t/${tenant}/runs/${id}`}>{workflow}</a>
              <Status status={status === "succeeded" ? "slo-slow" : status} />
              <p>
                Ended <Moment at={endedAt} zone={zone} /> after {durationText(workedMs)} of work,{" "}
                {CLASS_WORDS[executionClass]}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
