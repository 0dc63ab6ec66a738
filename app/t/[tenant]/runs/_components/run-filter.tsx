import type { ReactNode } from "react";
import classes from "@/app/_shared/filter-form.module.css";
import { DayRange, FilterActs } from "@/app/_shared/filter-parts";
import { DATA_SENSITIVITIES, ENVIRONMENTS, RISK_PROFILES } from "@/policies/access/vocabulary";
import { isNarrowed, type RunFilters, runsHref, SPAN_WORDS } from "../search-params";

interface Props {
  tenant: string;
  filters: RunFilters;
  /** Workflows to choose among: those that changed last. */
  workflows: readonly { id: string; name: string }[];
}

function Choice({
  label,
  name,
  any,
  value,
  options,
}: {
  label: string;
  name: string;
  /** What no choice is called. */
  any: string;
  value: string | undefined;
  options: readonly (readonly [value: string, words: string])[];
}): ReactNode {
  return (
    <label>
      {label}
      <select className={classes.field} name={name} defaultValue={value ?? ""}>
        <option value="">{any}</option>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

const same = (words: readonly string[]) => words.map((word) => [word, word] as const);

/** Narrows the runs on the server, over all of them. A plain form: it works before any script has run. */
export function RunFilter({ tenant, filters, workflows }: Props) {
  const { status, text, workflow, by, last, environment, risk, sensitivity, region, unit, from, to } = filters;
  const known = workflows.map(({ id, name }) => [id, name] as const);
  const isOther = workflow !== undefined && !workflows.some(({ id }) => id === workflow);
  const hasMore = [environment, risk, sensitivity, region, unit, from, to].some((value) => value !== undefined);
  return (
    // A new form where the filters are others: what stands in its fields is theirs.
    <form
      key={JSON.stringify(filters)}
      className={classes.form}
      action={runsHref(tenant, {})}
      role="search"
      aria-label="Filter runs"
    >
      {status === undefined ? null : <input type="hidden" name="status" value={status} />}
      <label>
        Id or workflow
        <input
          className={classes.field}
          name="text"
          placeholder="run_… or a name"
          maxLength={120}
          defaultValue={text}
        />
      </label>
      <Choice
        label="Workflow"
        name="workflow"
        any="any"
        value={workflow}
        options={isOther ? [...known, [workflow, "the one chosen"]] : known}
      />
      <label>
        Started by
        <input
          className={classes.field}
          name="by"
          list="run-starters"
          placeholder="me, or a name"
          maxLength={120}
          defaultValue={by}
        />
        <datalist id="run-starters">
          <option value="me" />
        </datalist>
      </label>
      <Choice label="Asked for" name="last" any="any time" value={last} options={Object.entries(SPAN_WORDS)} />
      <details className={classes.more} open={hasMore}>
        <summary>More filters</summary>
        <div>
          <Choice label="Environment" name="environment" any="any" value={environment} options={same(ENVIRONMENTS)} />
          <Choice label="Risk" name="risk" any="any" value={risk} options={same(RISK_PROFILES)} />
          <Choice
            label="Data sensitivity"
            name="sensitivity"
            any="any"
            value={sensitivity}
            options={same(DATA_SENSITIVITIES)}
          />
          <label>
            Region
            <input className={classes.field} name="region" maxLength={63} defaultValue={region} />
          </label>
          <label>
            Business unit
            <input className={classes.field} name="unit" maxLength={63} defaultValue={unit} />
          </label>
          <DayRange from={from} to={to} />
        </div>
      </details>
      <FilterActs clearHref={isNarrowed({ ...filters, status: undefined }) ? runsHref(tenant, { status }) : null} />
    </form>
  );
}
