import page from "@/app/_shared/page.module.css";
import { type Scenario, SCENARIO_NAMES } from "@/server/pricing/domain/usage";
import classes from "./pricing.module.css";

const WORDS: Readonly<Record<Scenario, string>> = {
  small: "Small tenant",
  mid: "Middle tenant",
  large: "Large tenant",
};

/** Ways to begin with. A new page each, as what was typed into the fields is meant to go. */
export function Presets({ path, others = [] }: { path: string; others?: readonly (readonly [string, string])[] }) {
  const all = [...SCENARIO_NAMES.map((name) => [name, WORDS[name]] as const), ...others];
  return (
    <nav className={`${classes.presets ?? ""} ${classes.screenOnly ?? ""}`} aria-label="Begin with">
      {all.map(([name, words]) => (
        <a key={name} className={page.button} href={`${path}?preset=${name}`} target="_self">
          {words}
        </a>
      ))}
    </nav>
  );
}
