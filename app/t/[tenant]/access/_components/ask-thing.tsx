import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { roleWord } from "@/policies/access/role-word";
import {
  ALL_ACTIONS,
  APPROVER_ROLES,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  RISK_PROFILES,
} from "@/policies/access/vocabulary";
import type { AccessParams } from "../search-params";

interface Choice {
  label: string;
  name: string;
  words: readonly string[];
  value: string;
  say?: (word: string) => string;
}

function Choose({ label, name, words, value, say = (word) => word }: Choice) {
  return (
    <label>
      {label}
      <select className={classes.field} name={name} defaultValue={value}>
        {words.map((word) => (
          <option key={word} value={word}>
            {say(word)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Props {
  action: string;
  tab: "who" | "why";
  params: AccessParams;
  workflows: readonly { id: string; name: string }[];
  /** The deployment's. */
  regions: readonly string[];
  /** Of whom it is asked, where it is about one. */
  holders?: readonly { id: string; name: string }[];
}

/** Puts a question about the tenant as it is. A plain form: an answer has an address. */
export function AskThing({ action, tab, params, workflows, regions, holders }: Props) {
  const text = (label: string, name: string, value: string | undefined, placeholder: string) => (
    <label>
      {label}
      <input className={classes.field} name={name} maxLength={63} defaultValue={value} placeholder={placeholder} />
    </label>
  );
  return (
    <form className={classes.form} action={action} aria-label={tab === "who" ? "Ask who may" : "Ask why somebody may"}>
      <input type="hidden" name="tab" value={tab} />
      {params.key === undefined ? null : <input type="hidden" name="key" value={params.key} />}
      {holders === undefined ? null : (
        <Choose
          label="Member"
          name="member"
          words={holders.map(({ id }) => id)}
          value={params.member ?? ""}
          say={(id) => holders.find((one) => one.id === id)?.name ?? id}
        />
      )}
      <Choose label="Action" name="action" words={ALL_ACTIONS} value={params.action ?? "run.start"} />
      <Choose
        label="Workflow"
        name="workflow"
        words={["", ...workflows.map(({ id }) => id)]}
        value={params.workflow ?? ""}
        say={(id) => workflows.find((one) => one.id === id)?.name ?? "any, as said below"}
      />
      <label>
        Run
        <input className={classes.field} name="run" placeholder="run_…" defaultValue={params.run} />
      </label>
      <details className={classes.more} open={params.environment !== undefined && params.workflow === undefined}>
        <summary>Another thing, by its attributes</summary>
        <div>
          <Choose label="Environment" name="environment" words={ENVIRONMENTS} value={params.environment ?? "dev"} />
          <Choose label="Risk" name="risk" words={RISK_PROFILES} value={params.risk ?? "low"} />
          <Choose
            label="Data sensitivity"
            name="sensitivity"
            words={DATA_SENSITIVITIES}
            value={params.sensitivity ?? "internal"}
          />
          <Choose label="Region" name="region" words={regions} value={params.region ?? regions[0] ?? ""} />
          {text("Business unit", "unit", params.unit, "general")}
          <Choose
            label="An approval asks the role"
            name="asked"
            words={APPROVER_ROLES}
            value={params.asked ?? "workflow_reviewer"}
            say={roleWord}
          />
        </div>
      </details>
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button} data-main>
          Ask
        </button>
      </div>
    </form>
  );
}
