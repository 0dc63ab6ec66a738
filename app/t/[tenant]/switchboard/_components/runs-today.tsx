import { Status } from "@/app/_shared/status";
import { RUN_STATUSES, type RunStatus } from "@/server/runs/domain/status";
import classes from "../switchboard.module.css";

/** Today's use: how many runs were asked for since midnight UTC, and how they stand. */
export function RunsToday({ counts }: { counts: Partial<Record<RunStatus, number>> }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <section className={classes.today} aria-label="Runs today">
      <div className={classes.total}>
        <strong>{total}</strong> {total === 1 ? "run" : "runs"} today (since 00:00 UTC)
      </div>
      {RUN_STATUSES.filter((status) => (counts[status] ?? 0) > 0).map((status) => (
        <div key={status} className={classes.count}>
          <Status status={status} /> {counts[status]}
        </div>
      ))}
    </section>
  );
}
