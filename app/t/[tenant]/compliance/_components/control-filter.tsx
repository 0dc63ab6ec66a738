import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { CONTROL_STATES } from "@/server/compliance/domain/status";
import { statusWord } from "@/app/_shared/status";
import { complianceHref, type ControlFilters, FRAMEWORKS, FRAMEWORK_WORDS } from "../search-params";
import { controlStatus, STANCE_WORDS } from "./control-words";

interface Choice {
  name: "framework" | "area" | "state" | "stance";
  label: string;
  words: readonly (readonly [string, string])[];
}

const DAYS = [
  { name: "at", label: "As it stood on" },
  { name: "from", label: "Shown from" },
  { name: "to", label: "to, included" },
] as const;

/** Narrows the controls, and says as of when and over which period they are shown. A plain form: it works before any script has run. */
export function ControlFilter({ tenant, filters, areas }: Props) {
  const choices: readonly Choice[] = [
    { name: "framework", label: "Framework", words: FRAMEWORKS.map((each) => [each, FRAMEWORK_WORDS[each]]) },
    { name: "area", label: "Area", words: areas },
    { name: "state", label: "Status", words: CONTROL_STATES.map((each) => [each, statusWord(controlStatus(each))]) },
    { name: "stance", label: "Stance", words: Object.entries(STANCE_WORDS) },
  ];
  return (
    <form
      key={JSON.stringify(filters)}
      className={classes.form}
      action={complianceHref(tenant, {})}
      role="search"
      aria-label="Filter controls"
    >
      {choices.map(({ name, label, words }) => (
        <label key={name}>
          {label}
          <select className={classes.field} name={name} defaultValue={filters[name] ?? ""}>
            <option value="">any</option>
            {words.map(([word, said]) => (
              <option key={word} value={word}>
                {said}
              </option>
            ))}
          </select>
        </label>
      ))}
      {DAYS.map(({ name, label }) => (
        <label key={name}>
          {label}
          <input className={classes.field} type="date" name={name} min="1970-01-01" defaultValue={filters[name]} />
        </label>
      ))}
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button}>
          Filter
        </button>
        <a href={complianceHref(tenant, {})}>Clear</a>
      </div>
    </form>
  );
}

interface Props {
  tenant: string;
  filters: ControlFilters;
  areas: readonly (readonly [string, string])[];
}
