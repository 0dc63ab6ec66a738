import { durationText, elapsedMs } from "@/app/_shared/duration";
import { IdText } from "@/app/_shared/id-text";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { SideBySide } from "@/app/_shared/side-by-side";
import { Status } from "@/app/_shared/status";
import type { RunDetail } from "../../[run]/_components/run-detail";
import { type ComparedStep, compareSteps, differenceText } from "../compare-runs";
import classes from "./compared-runs.module.css";

interface Props {
  tenant: string;
  left: RunDetail;
  right: RunDetail;
  zone: string;
}

const tookMs = (run: RunDetail) => (run.endedAt === null ? null : elapsedMs(run.startedAt, run.endedAt, 0));
const tookText = (ms: number | null) => (ms === null ? "–" : durationText(ms));

/** Outputs that differ are drawn line by line, so many at most. */
const DIFFS_SHOWN = 50;

function Overview({ tenant, left, right, zone }: Props) {
  const times = [tookMs(left), tookMs(right)] as const;
  const rows: [string, (run: RunDetail) => React.ReactNode, boolean][] = [
    [
      "Run",
      ({ id }) => (
        <a href={`/t/${tenant}/runs/${id}`}>
          <IdText id={id} />
        </a>
      ),
      false,
    ],
    ["Workflow", ({ workflow }) => workflow.definition.name, left.workflow.slug !== right.workflow.slug],
    ["Version", ({ workflow }) => workflow.version, left.workflow.version !== right.workflow.version],
    ["Status", ({ status }) => <Status status={status} />, left.status !== right.status],
    ["Asked for", ({ createdAt }) => <Moment at={createdAt} zone={zone} />, false],
    ["Started by", ({ startedBy, startedByName }) => startedByName ?? startedBy, left.startedBy !== right.startedBy],
    ["Took", (run) => tookText(tookMs(run)), times[0] !== times[1]],
    ["Steps begun", ({ steps }) => steps.length, left.steps.length !== right.steps.length],
  ];
  return (
    <table className={`${classes.table} ${classes.overview}`} aria-label="Both runs">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">What</span>
          </th>
          <th scope="col">Left</th>
          <th scope="col">Right</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value, differs]) => (
          <tr key={name} data-differs={differs || undefined}>
            <th scope="row">
              {name}
              {differs ? <span className="visually-hidden"> (differs)</span> : null}
            </th>
            <td>{value(left)}</td>
            <td>
              {value(right)}
              {name === "Took" && times[0] !== null && times[1] !== null ? (
                <span className={classes.quiet}> ({differenceText(...times)})</span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SideCell({ side }: { side: ComparedStep["left"] }) {
  if (side === null) return <span className={classes.quiet}>not begun</span>;
  return (
    <>
      <Status status={side.status} /> {tookText(side.tookMs)}
      {side.attempts > 1 ? `, ${side.attempts} attempts` : ""}
    </>
  );
}

function StepsTable({ steps }: { steps: readonly ComparedStep[] }) {
  return (
    <table className={`${classes.table} ${classes.steps}`} role="table" aria-label="Steps of both runs">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Step
          </th>
          <th role="columnheader" scope="col">
            Left
          </th>
          <th role="columnheader" scope="col">
            Right
          </th>
          <th role="columnheader" scope="col">
            Time
          </th>
          <th role="columnheader" scope="col">
            Output
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {steps.map(({ stepId, name, left, right, difference, isOutputSame }) => (
          <tr role="row" key={stepId} data-differs={left?.status !== right?.status || !isOutputSame || undefined}>
            <th role="rowheader" scope="row">
              {name}
            </th>
            <td role="cell" data-name="Left">
              <SideCell side={left} />
            </td>
            <td role="cell" data-name="Right">
              <SideCell side={right} />
            </td>
            <td role="cell" data-name="Time">
              {difference ?? "–"}
            </td>
            <td role="cell" data-name="Output">
              {left === null || right === null ? (
                "–"
              ) : isOutputSame ? (
                "the same"
              ) : (
                <a href={`#output-${stepId}`}>differs</a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Two runs side by side: how they stand, what went in, and step by step how long each took and what came out. */
export function ComparedRuns({ tenant, left, right, zone }: Props) {
  const steps = compareSteps(left.steps, right.steps);
  const changed = steps.filter((step) => step.left !== null && step.right !== null && !step.isOutputSame);
  const shown = changed.slice(0, DIFFS_SHOWN);
  const { slug } = left.workflow;
  const versions = [left.workflow.version, right.workflow.version].sort((a, b) => a - b);
  return (
    <>
      <Panel isFlush>
        <Overview {...{ tenant, left, right, zone }} />
        {slug === right.workflow.slug && versions[0] !== versions[1] ? (
          <p className={classes.note}>
            <a href={`/t/${tenant}/workflows/${slug}?from=${versions[0]}&to=${versions[1]}`}>
              Versions {versions[0]} and {versions[1]} side by side
            </a>
          </p>
        ) : null}
      </Panel>
      <Panel title="Input" isFlush>
        <SideBySide
          from={{ title: "Left", value: left.input }}
          to={{ title: "Right", value: right.input }}
          equal="Both runs have the same input."
          label="Inputs compared"
        />
      </Panel>
      <Panel title="Step by step" isFlush>
        {steps.length === 0 ? (
          <p className={classes.note}>Neither run has begun a step.</p>
        ) : (
          <StepsTable steps={steps} />
        )}
      </Panel>
      {changed.length > shown.length ? (
        <p className={classes.note}>
          {changed.length} outputs differ. The first {shown.length} are shown line by line.
        </p>
      ) : null}
      {shown.map((step) => (
        <div key={step.stepId} id={`output-${step.stepId}`}>
          <Panel title={`Output of ${step.name}`} isFlush>
            <SideBySide
              from={{ title: "Left", value: step.left?.output }}
              to={{ title: "Right", value: step.right?.output }}
              equal="Both outputs are the same."
              label={`Outputs of ${step.name} compared`}
            />
          </Panel>
        </div>
      ))}
    </>
  );
}
