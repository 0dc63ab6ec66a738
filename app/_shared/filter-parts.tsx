import classes from "./filter-form.module.css";
import pageClasses from "./page.module.css";

/** The days that a list is narrowed to, as `from` and `to`, both included. */
export function DayRange({ from, to }: { from: string | undefined; to: string | undefined }) {
  return (
    <>
      <label>
        From
        <input className={classes.field} type="date" name="from" min="1970-01-01" defaultValue={from} />
      </label>
      <label>
        To, included
        <input className={classes.field} type="date" name="to" min="1970-01-01" defaultValue={to} />
      </label>
    </>
  );
}

/** What ends a form of filters: the button, and the way back where the list is narrowed. */
export function FilterActs({ clearHref }: { clearHref: string | null }) {
  return (
    <div className={classes.acts}>
      <button type="submit" className={pageClasses.button}>
        Filter
      </button>
      {clearHref === null ? null : <a href={clearHref}>Clear</a>}
    </div>
  );
}
