import classes from "@/app/_shared/filter-form.module.css";
import { DayRange, FilterActs } from "@/app/_shared/filter-parts";
import { ALL_ACTIONS } from "@/policies/access/vocabulary";
import { DECISION_CODES } from "@/server/decisions/schemas";
import { type DecisionFilters, decisionsHref, isNarrowed } from "../search-params";

/** Narrows decisions on the server, over the whole chain. A plain form: it works before any script has run. */
export function DecisionFilter({ tenant, filters }: { tenant: string; filters: DecisionFilters }) {
  const { outcome, action, code, actor, from, to } = filters;
  const choice = (name: string, value: string | undefined, words: readonly (readonly [string, string])[]) => (
    <select className={classes.field} name={name} defaultValue={value ?? ""}>
      <option value="">anything</option>
      {words.map(([word, text]) => (
        <option key={word} value={word}>
          {text}
        </option>
      ))}
    </select>
  );
  const same = (words: readonly string[]) => words.map((word) => [word, word] as const);
  return (
    <>
      <form className={classes.form} action={decisionsHref(tenant, {})} role="search" aria-label="Filter decisions">
        {actor === undefined ? null : <input type="hidden" name="actor" value={actor} />}
        <label>
          Answer
          {choice("outcome", outcome, [
            ["allow", "allowed"],
            ["deny", "denied"],
          ])}
        </label>
        <label>
          What
          {choice("action", action, same(ALL_ACTIONS))}
        </label>
        <label>
          Code
          {choice("code", code, same(DECISION_CODES))}
        </label>
        <DayRange from={from} to={to} />
        <FilterActs clearHref={isNarrowed(filters) ? decisionsHref(tenant, {}) : null} />
      </form>
      {actor === undefined ? null : (
        <p className={classes.exact}>
          <span>
            Only what <code>{actor}</code> asked.{" "}
            <a href={decisionsHref(tenant, { ...filters, actor: undefined })}>Show others too</a>
          </span>
        </p>
      )}
    </>
  );
}
