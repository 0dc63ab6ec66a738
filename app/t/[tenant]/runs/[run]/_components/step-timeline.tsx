import { Fragment } from "react";
import { IdText } from "@/app/_shared/id-text";
import { JsonText } from "@/app/_shared/json-text";
import { Notice } from "@/app/_shared/notice";
import { Moment } from "@/app/_shared/moment";
import pageClasses from "@/app/_shared/page.module.css";
import { durationText, elapsedMs } from "@/app/_shared/duration";
import { Status } from "@/app/_shared/status";
import { onlyWaits } from "@/server/runs/domain/status";
import { barOf } from "./bar";
import { shownStatus } from "./shown-status";
import { goesOnAt } from "./goes-on-at";
import type { RunDetail } from "./run-detail";
import { stepThatFailed } from "./run-failure";
import { stepAnchor } from "./step-pages";
import classes from "./step-timeline.module.css";

interface Props {
  tenant: string;
  run: RunDetail;
  /** Those of its steps that are shown. */
  steps: RunDetail["steps"];
  zone: string;
  now: number;
  onRepeat: ((step: { id: string; name: string }) => void) | null;
}

/** Steps that a run has begun, in order, each with its share of the run's time and what went in and out. */
export function StepTimeline({ tenant, run, steps, zone, now, onRepeat }: Props) {
  const start = run.startedAt ?? run.createdAt;
  const failed = run.status === "failed" ? stepThatFailed(run)?.step.stepId : undefined;
  const whole = { start: Date.parse(start), end: run.endedAt === null ? now : Date.parse(run.endedAt) };
  return (
    <ol className={classes.steps} aria-label="Steps of the run">
      {steps.map((step) => {
        const took = elapsedMs(step.startedAt, step.endedAt, now) ?? 0;
        const from = Date.parse(step.startedAt);
        const goesOn = goesOnAt(step);
        const bar = barOf(whole, { start: from, end: from + took });
        return (
          <li key={step.stepId}>
            <details className={classes.step} open={step.stepId === failed}>
              <summary>
                <span className={classes.name}>{step.name}</span>
                <span className={classes.type}>{step.type}</span>
                <Status status={shownStatus(step)} />
                <span className={classes.track} aria-hidden="true">
                  {step.reusedFrom === null ? (
                    <span
                      className={classes.bar}
                      data-status={step.status}
                      data-waits={onlyWaits(step.type) || undefined}
                      style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
                    />
                  ) : null}
                </span>
                <span className={classes.took}>
                  {step.reusedFrom === null ? durationText(took) : "–"}
                  {goesOn === null ? "" : ` of ${durationText(Date.parse(goesOn) - from)}`}
                  {step.attempt > 1 ? `, attempt ${step.attempt}` : ""}
                </span>
              </summary>
              <div className={classes.inside} id={stepAnchor(step.stepId)}>
                {step.reusedFrom === null ? null : (
                  <p>
                    Its result was taken over from{" "}
                    <a href={`/t/${tenant}/runs/${step.reusedFrom}`}>
                      <IdText id={step.reusedFrom} />
                    </a>
                    , which performed it.
                  </p>
                )}
                <p>
                  Began <Moment at={step.startedAt} zone={zone} />
                  {goesOn === null ? (
                    <>
                      , ended <Moment at={step.endedAt} zone={zone} />
                    </>
                  ) : (
                    <>
                      , goes on at <Moment at={goesOn} zone={zone} />
                    </>
                  )}
                </p>
                {step.calledRunId === null ? null : (
                  <p>
                    It called{" "}
                    <a href={`/t/${tenant}/runs/${step.calledRunId}`}>
                      <IdText id={step.calledRunId} />
                    </a>
                    .
                  </p>
                )}
                {step.type === "evidence" && step.status === "succeeded" ? (
                  <p>
                    <a href={`/t/${tenant}/runs/${run.id}/artefacts/${encodeURIComponent(step.stepId)}`}>
                      Download the file
                    </a>
                  </p>
                ) : null}
                {step.failure === null ? null : (
                  <Notice tone="bad" title={step.failure.code}>
                    {step.failure.message}
                  </Notice>
                )}
                {step.attempt > 1 && step.failedAttempts.length > 0 ? (
                  <>
                    <h3>Attempts that failed</h3>
                    <ol className={classes.attempts}>
                      {step.failedAttempts.map(({ attempt, code, message, at }) => (
                        <li key={attempt} value={attempt}>
                          <Moment at={at} zone={zone} />: {message} <span className={classes.type}>{code}</span>
                        </li>
                      ))}
                    </ol>
                  </>
                ) : null}
                {[
                  { word: "Input", value: step.input },
                  { word: "Output", value: step.output },
                ].map(({ word, value }) =>
                  value === null ? null : (
                    <Fragment key={word}>
                      <h3>{word}</h3>
                      <JsonText label={`${word} of ${step.name}`} value={value} />
                    </Fragment>
                  ),
                )}
                {onRepeat === null ? null : (
                  <div>
                    <button
                      type="button"
                      className={pageClasses.button}
                      onClick={() => onRepeat({ id: step.stepId, name: step.name })}
                    >
                      Re-run from here
                    </button>
                  </div>
                )}
              </div>
            </details>
          </li>
        );
      })}
    </ol>
  );
}
