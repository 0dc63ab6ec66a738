import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { SEVERITIES } from "@/server/incidents/domain/severity";
import { type IncidentFilters, incidentsHref } from "../search-params";
import { severityChoice } from "./severity-choice";

/** Narrows the incidents on the server, over all of them. A plain form: it works before any script has run. */
export function IncidentFilter({ tenant, filters }: { tenant: string; filters: IncidentFilters }) {
  const { part, severity, text } = filters;
  return (
    <form
      key={JSON.stringify(filters)}
      className={classes.form}
      action={incidentsHref(tenant, {})}
      role="search"
      aria-label="Filter incidents"
    >
      <input type="hidden" name="part" value={part} />
      <label>
        Title, summary or id
        <input className={classes.field} name="text" maxLength={120} defaultValue={text} />
      </label>
      <label>
        Severity
        <select className={classes.field} name="severity" defaultValue={severity ?? ""}>
          <option value="">any</option>
          {SEVERITIES.map((each) => (
            <option key={each} value={each}>
              {severityChoice(each)}
            </option>
          ))}
        </select>
      </label>
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button}>
          Filter
        </button>
        {severity === undefined && text === undefined ? null : <a href={incidentsHref(tenant, { part })}>Clear</a>}
      </div>
    </form>
  );
}
