import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { auditorsHref, isNarrowed, type ViewFilters } from "../search-params";
import { ROOMS, roomWords } from "./room-words";

interface Props {
  tenant: string;
  filters: ViewFilters;
  auditors: readonly { id: string; name: string }[];
}

/** Narrows the log on the server. A plain form: it works before any script has run. */
export function ViewsFilter({ tenant, filters, auditors }: Props) {
  const { who, room, from, to } = filters;
  return (
    <form className={classes.form} action={auditorsHref(tenant, {})} role="search" aria-label="Filter the log">
      <label>
        Auditor
        <select className={classes.field} name="who" defaultValue={who ?? ""}>
          <option value="">anybody</option>
          {auditors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        What
        <select className={classes.field} name="room" defaultValue={room ?? ""}>
          <option value="">anything</option>
          {ROOMS.map((each) => (
            <option key={each} value={each}>
              {roomWords(each)}
            </option>
          ))}
        </select>
      </label>
      <label>
        From
        <input className={classes.field} type="date" name="from" min="1970-01-01" defaultValue={from} />
      </label>
      <label>
        To, included
        <input className={classes.field} type="date" name="to" min="1970-01-01" defaultValue={to} />
      </label>
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button}>
          Filter
        </button>
        {isNarrowed(filters) ? <a href={auditorsHref(tenant, {})}>Clear</a> : null}
      </div>
    </form>
  );
}
