"use client";

import { durationText } from "@/app/_shared/duration";
import { Moment } from "@/app/_shared/moment";
import { Status } from "@/app/_shared/status";
import type { Board } from "./board";
import classes from "./latest-runs.module.css";

interface Props {
  tenant: string;
  rows: Board["runs"];
  zone: string;
}

/** The last runs at a glance; the page of all runs filters, sorts and exports them. */
export function LatestRuns({ tenant, rows, zone }: Props) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Runs now and lately">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Workflow</th>
            <th scope="col">Status</th>
            <th scope="col">Asked for</th>
            <th scope="col" data-numeric>
              Took
            </th>
            <th scope="col">Environment</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, workflow, version, status, isPaused, isWaiting, environment, askedAt, tookMs }) => (
            <tr key={id}>
              <td>
                <a href={`/t/${tenant}/runs/${id}`}>{`${workflow}, version ${version}`}</a>
              </td>
              <td>
                <Status status={isPaused ? "paused" : isWaiting ? "waiting" : status} />
              </td>
              <td>
                <Moment at={askedAt} zone={zone} />
              </td>
              <td data-numeric>{tookMs === null ? "–" : durationText(tookMs)}</td>
              <td>{environment}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
