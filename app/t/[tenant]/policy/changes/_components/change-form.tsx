import filter from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { GOVERNANCE_PROFILES, type GovernanceProfile } from "@/policies/access/vocabulary";
import { PACKS } from "@/policies/packs";
import classes from "./comparison-view.module.css";

interface Props {
  tenant: string;
  pack: GovernanceProfile;
  /** YAML. */
  tightening: string;
}

/** Tries another choice out. A plain form: what is tried has an address, and nothing is changed by it. */
export function ChangeForm({ tenant, pack, tightening }: Props) {
  return (
    <form className={filter.form} action={`/t/${tenant}/policy/changes`} aria-label="Try another policy">
      <label>
        Pack
        <select className={filter.field} name="pack" defaultValue={pack}>
          {GOVERNANCE_PROFILES.map((profile) => (
            <option key={profile} value={profile}>
              {PACKS[profile].title}
            </option>
          ))}
        </select>
      </label>
      <label className={classes.wide}>
        What this tenant is stricter in (YAML; empty: the pack as it is)
        <textarea
          className={classes.text}
          name="tightening"
          spellCheck={false}
          defaultValue={tightening}
          placeholder={"thresholds:\n  run:\n    workflow_author: { staging: none }\nbreak_glass: { minutes: 15 }"}
        />
      </label>
      <div className={filter.acts}>
        <button className={pageClasses.button} type="submit">
          See what would change
        </button>
      </div>
    </form>
  );
}
