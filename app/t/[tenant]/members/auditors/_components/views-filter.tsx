import classes from "@/app/_shared/filter-form.module.css";
import { DayRange, FilterActs } from "@/app/_shared/filter-parts";
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
      <DayRange from={from} to={to} />
      <FilterActs clearHref={isNarrowed(filters) ? auditorsHref(tenant, {}) : null} />
    </form>
  );
}
