import classes from "./budget-meter.module.css";
import { percentText } from "./slo-words";

/** How much of an error budget is left, as a bar; red all over once it is spent. */
export function BudgetMeter({ left }: { left: number | null }) {
  const percent = Math.max(0, Math.min(100, (left ?? 0) * 100));
  return (
    <div
      className={classes.meter}
      role="meter"
      aria-label="Error budget left"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={left === null ? "no events yet" : percentText(left, 1)}
      data-spent={(left !== null && left <= 0) || undefined}
    >
      <div className={classes.left} data-tone={percent <= 20 ? "wait" : "ok"} style={{ width: `${percent}%` }} />
    </div>
  );
}
