import { JsonText } from "@/app/_shared/json-text";
import { Notice } from "@/app/_shared/notice";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { durationText, elapsedMs } from "@/app/_shared/duration";
import { Status } from "@/app/_shared/status";
import { barOf } from "./bar";
import type { RunDetail } from "./run-detail";
import classes from "./step-timeline.module.css";

/** The steps a run has begun, in order, each with its share of the run's time and what went in and out. */
export function StepTimeline({ run, zone, now }: { run: RunDetail; zone: string; now: number }) {
  const start = run.startedAt ?? run.createdAt;
  const whole = { start: Date.parse(start), end: run.endedAt === null ? now : Date.parse(run.endedAt) };
  return (
    <Panel
      title="Progress"
      isFlush
      aside={<span>{run.steps.length === 1 ? "1 step begun" : `${run.steps.length} steps begun`}</span>}
    >
      {run.steps.length === 0 ? (
        <p className={classes.quiet}>
          {run.endedAt === null ? "No step has begun yet." : "It ended before any step began."}
        </p>
      ) : (
        <ol className={classes.steps} aria-label="Steps of the run">
          {run.steps.map((step) => {
            const took = elapsedMs(step.startedAt, step.endedAt, now) ?? 0;
            const from = Date.parse(step.startedAt);
            const bar = barOf(whole, { start: from, end: from + took });
            return (
              <li key={step.stepId}>
                <details className={classes.step}>
                  <summary>
                    <span className={classes.name}>{step.name}</span>
                    <span className={classes.type}>{step.type}</span>
                    <Status status={step.status} />
                    <span className={classes.track} aria-hidden="true">
                      <span
                        className={classes.bar}
                        data-status={step.status}
                        style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
                      />
                    </span>
                    <span className={classes.took}>
                      {durationText(took)}
                      {step.attempt > 1 ? `, attempt ${step.attempt}` : ""}
                    </span>
                  </summary>
                  <div className={classes.inside}>
                    <p>
                      Began <Moment at={step.startedAt} zone={zone} />, ended <Moment at={step.endedAt} zone={zone} />
                    </p>
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
                    <h3>Input</h3>
                    <JsonText label={`Input of ${step.name}`} value={step.input} />
                    <h3>Output</h3>
                    <JsonText label={`Output of ${step.name}`} value={step.output} />
                  </div>
                </details>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
