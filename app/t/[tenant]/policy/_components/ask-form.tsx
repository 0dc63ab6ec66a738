import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { roleWord } from "@/policies/access/role-word";
import {
  ALL_ACTIONS,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  GOVERNANCE_PROFILES,
  RISK_PROFILES,
  ROLES,
} from "@/policies/access/vocabulary";
import { PACKS } from "@/policies/packs";
import type { AskParams } from "../search-params";

interface Choice {
  label: string;
  name: string;
  words: readonly string[];
  say?: (word: string) => string;
  value: string;
}

function Choose({ label, name, words, say = (word) => word, value }: Choice) {
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

const titleOf = (profile: string) =>
  profile === "" ? "This tenant's" : `${PACKS[profile as keyof typeof PACKS].title}, as it is shipped`;

/** Puts a question to a pack. A plain form: it works before any script has run, and an answer has an address. */
export function AskForm({ action, asked, isOneRegion }: { action: string; asked: AskParams; isOneRegion: boolean }) {
  return (
    <form className={classes.form} action={action} aria-label="Ask who may do what">
      <Choose label="Who" name="role" words={ROLES} say={roleWord} value={asked.role ?? "workflow_author"} />
      <Choose label="Does what" name="action" words={ALL_ACTIONS} value={asked.action ?? "run.start"} />
      <Choose label="Environment" name="environment" words={ENVIRONMENTS} value={asked.environment ?? "dev"} />
      <Choose label="Risk" name="risk" words={RISK_PROFILES} value={asked.risk ?? "low"} />
      <Choose
        label="Data sensitivity"
        name="sensitivity"
        words={DATA_SENSITIVITIES}
        value={asked.sensitivity ?? "internal"}
      />
      <Choose label="Policy" name="pack" words={["", ...GOVERNANCE_PROFILES]} say={titleOf} value={asked.pack ?? ""} />
      <label>
        They shaped it themselves
        <select className={classes.field} name="contributor" defaultValue={asked.contributor === true ? "yes" : ""}>
          <option value="">no</option>
          <option value="yes">yes</option>
        </select>
      </label>
      {isOneRegion ? null : (
        <label>
          It is of another region
          <select className={classes.field} name="elsewhere" defaultValue={asked.elsewhere === true ? "yes" : ""}>
            <option value="">no</option>
            <option value="yes">yes</option>
          </select>
        </label>
      )}
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button} data-main>
          Ask
        </button>
      </div>
    </form>
  );
}
