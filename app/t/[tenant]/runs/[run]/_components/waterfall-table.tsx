import type { CSSProperties } from "react";
import { Status } from "@/app/_shared/status";
import classes from "./waterfall-table.module.css";
import type { Segment, Waterfall } from "./waterfall";

const percent = ({ left, width }: { left: number; width: number }) => ({ left: `${left}%`, width: `${width}%` });

/** A mark of an attempt that failed stays wide enough to be read, inside the edge; it has its number where there is room. */
function Bar({ segment }: { segment: Segment }) {
  const { kind, attempt, says, left, width } = segment;
  const style = attempt === undefined ? percent(segment) : { left: `min(${left}%, 100% - 13px)`, width: `${width}%` };
  return (
    <span className={classes.bar} data-kind={kind} style={style} title={says}>
      {attempt === undefined ? null : width < 5 ? "✕" : `✕${attempt}`}
    </span>
  );
}

/** Lines at the axis' marks, drawn as the background of every row. */
function gridOf({ ticks, queue }: Waterfall): CSSProperties {
  const [first, second] = ticks;
  const before = queue?.width ?? 0;
  const distance =
    first === undefined || second === undefined ? 100 : ((second.left - first.left) / (100 - before)) * 100;
  return { "--before": `${before}%`, "--distance": `${distance}%` } as CSSProperties;
}

const HEADS = ["Step", "Status", "Began after", "Took"];

/** A run's steps, each with its bar over the run's time. A table whose values are all there as text. */
export function WaterfallTable({ waterfall, label }: { waterfall: Waterfall; label: string }) {
  const { rows, ticks, queue } = waterfall;
  return (
    <>
      <div className={classes.scroll}>
        {/* The roles, as a phone's layout takes them from the elements. */}
        <table className={classes.table} role="table" aria-label={label} style={gridOf(waterfall)}>
          <thead role="rowgroup">
            <tr role="row">
              {HEADS.map((head) => (
                <th key={head} role="columnheader" scope="col">
                  {head}
                </th>
              ))}
              <th role="columnheader" scope="col" className={classes.axis}>
                <span className="visually-hidden">Over the time since the run’s start</span>
                <span className={classes.track} aria-hidden="true">
                  {ticks.map(({ left, label: text }) => (
                    <span
                      key={left}
                      className={classes.tick}
                      data-last={left > 92 || undefined}
                      style={{ left: `${left}%` }}
                    >
                      {text}
                    </span>
                  ))}
                </span>
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {queue === null ? null : (
              <tr role="row">
                <th role="rowheader" scope="row" className={classes.name}>
                  In the queue
                </th>
                <td role="cell">
                  <Status status="queued" />
                </td>
                <td role="cell" className={classes.time}>
                  –
                </td>
                <td role="cell" className={classes.time}>
                  {queue.took}
                </td>
                <td role="cell" className={classes.bars}>
                  <span className={classes.track} aria-hidden="true">
                    <span
                      className={classes.bar}
                      data-kind="wait"
                      style={percent({ left: 0, width: queue.width })}
                      title={`In the queue, ${queue.took}`}
                    />
                  </span>
                </td>
              </tr>
            )}
            {rows.map(({ id, name, type, status, began, took, segments }) => (
              <tr key={id} role="row">
                <th role="rowheader" scope="row" className={classes.name}>
                  {name} <span className={classes.type}>{type}</span>
                </th>
                <td role="cell">
                  <Status status={status} />
                </td>
                <td role="cell" className={classes.time}>
                  {began}
                </td>
                <td role="cell" className={classes.time}>
                  {took}
                </td>
                <td role="cell" className={classes.bars}>
                  <span className="visually-hidden">
                    {segments.length === 0 ? "No time in this run" : segments.map(({ says }) => says).join("; ")}
                  </span>
                  <span className={classes.track} aria-hidden="true">
                    {segments.map((segment) => (
                      <Bar key={`${segment.left} ${segment.says}`} segment={segment} />
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.key}>
        <span className={classes.sample} data-kind="done" /> done
        <span className={classes.sample} data-kind="failed">
          ✕1
        </span>
        attempt that failed
        <span className={classes.sample} data-kind="wait" /> waiting
        <span className={classes.sample} data-kind="running" /> running
        {queue?.isShortened === true ? <span>The time in the queue is drawn shorter than it was.</span> : null}
      </p>
    </>
  );
}
