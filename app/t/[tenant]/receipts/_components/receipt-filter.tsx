import { actionLabel, ALL_RECEIPT_ACTIONS } from "@/server/receipts/domain/actions";
import { isNarrowed, type ReceiptFilters, receiptsHref } from "../search-params";
import classes from "@/app/_shared/filter-form.module.css";
import { DayRange, FilterActs } from "@/app/_shared/filter-parts";

interface Props {
  tenant: string;
  filters: ReceiptFilters;
  /** What the exact actor and subject of the filter are called, where they are known. */
  names: { actor: string | undefined; subject: string | undefined };
}

/** What an exact filter narrows to, and the way back from it. */
function Exact({ words, name, href }: { words: string; name: string; href: string }) {
  return (
    <span>
      {words} <strong>{name}</strong>. <a href={href}>Show others too</a>
    </span>
  );
}

/** Narrows receipts on the server, over the whole chain. A plain form: it works before any script has run. */
export function ReceiptFilter({ tenant, filters, names }: Props) {
  const { action, actor, person, subject, thing, from, to } = filters;
  return (
    <>
      <form className={classes.form} action={receiptsHref(tenant, {})} role="search" aria-label="Filter receipts">
        {actor === undefined ? null : <input type="hidden" name="actor" value={actor} />}
        {subject === undefined ? null : <input type="hidden" name="subject" value={subject} />}
        <label>
          What
          <select className={classes.field} name="action" defaultValue={action ?? ""}>
            <option value="">anything</option>
            {ALL_RECEIPT_ACTIONS.map((each) => (
              <option key={each} value={each}>
                {actionLabel(each)}
              </option>
            ))}
          </select>
        </label>
        <label>
          On what
          <input className={classes.field} name="thing" placeholder="Name or id" maxLength={120} defaultValue={thing} />
        </label>
        <label>
          Who
          <input
            className={classes.field}
            name="person"
            placeholder="Name or address"
            maxLength={120}
            defaultValue={person}
          />
        </label>
        <DayRange from={from} to={to} />
        <FilterActs clearHref={isNarrowed(filters) ? receiptsHref(tenant, {}) : null} />
      </form>
      {actor === undefined && subject === undefined ? null : (
        <p className={classes.exact}>
          {actor === undefined ? null : (
            <Exact
              words="Only what was done by"
              name={names.actor ?? actor}
              href={receiptsHref(tenant, { ...filters, actor: undefined })}
            />
          )}
          {subject === undefined ? null : (
            <Exact
              words="Only what was done to"
              name={names.subject ?? subject}
              href={receiptsHref(tenant, { ...filters, subject: undefined })}
            />
          )}
        </p>
      )}
    </>
  );
}
