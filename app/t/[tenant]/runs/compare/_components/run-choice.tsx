import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { statusWord } from "@/app/_shared/status";
import { inZone } from "@/app/_shared/zone";

interface Choosable {
  id: string;
  status: string;
  version: number;
  createdAt: string;
}

interface Props {
  tenant: string;
  /** Runs of the same workflow, newest first. */
  runs: readonly Choosable[];
  left: string | undefined;
  right: string | undefined;
  zone: string;
}

const words = ({ id, status, version, createdAt }: Choosable, zone: string) =>
  `…${id.slice(-8)}, ${statusWord(status).toLowerCase()}, ${inZone(createdAt, zone)}, version ${version}`;

/** Chooses the two runs that are compared. A plain form: it works before any script has run. */
export function RunChoice({ tenant, runs, left, right, zone }: Props) {
  return (
    <form
      key={`${left} ${right}`}
      className={classes.form}
      action={`/t/${tenant}/runs/compare`}
      aria-label="Choose the runs to compare"
    >
      {(["left", "right"] as const).map((side) => (
        <label key={side}>
          {side === "left" ? "Left" : "Right"}
          <select className={classes.field} name={side} defaultValue={side === "left" ? left : right}>
            {runs.map((run) => (
              <option key={run.id} value={run.id}>
                {words(run, zone)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button}>
          Compare
        </button>
      </div>
    </form>
  );
}
