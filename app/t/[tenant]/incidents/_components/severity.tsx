import { type Severity as Word, SEVERITY_WORDS } from "@/server/incidents/domain/severity";
import classes from "./severity.module.css";

/** How bad an incident is: the word, its weight, and what it means on hover. */
export function Severity({ severity }: { severity: Word }) {
  return (
    <span className={classes.severity} data-severity={severity} title={SEVERITY_WORDS[severity]}>
      {severity}
    </span>
  );
}
