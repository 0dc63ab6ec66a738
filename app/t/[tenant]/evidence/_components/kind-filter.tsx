import classes from "@/app/_shared/filter-form.module.css";
import pageClasses from "@/app/_shared/page.module.css";
import { EVIDENCE, EVIDENCE_KINDS, type EvidenceKind } from "@/server/evidence/domain/kinds";
import { evidenceHref } from "../search-params";

interface Props {
  tenant: string;
  kind: EvidenceKind | undefined;
  /** How many there are of each kind. */
  counts: ReadonlyMap<EvidenceKind, number>;
}

/** Narrows the items to one kind. A plain form: it works before any script has run. */
export function KindFilter({ tenant, kind, counts }: Props) {
  return (
    <form
      key={kind ?? ""}
      className={classes.form}
      action={evidenceHref(tenant, {})}
      role="search"
      aria-label="Filter evidence"
    >
      <label>
        Kind
        <select className={classes.field} name="kind" defaultValue={kind ?? ""}>
          <option value="">any</option>
          {EVIDENCE_KINDS.map((each) => (
            <option key={each} value={each}>
              {EVIDENCE[each]} ({counts.get(each) ?? 0})
            </option>
          ))}
        </select>
      </label>
      <div className={classes.acts}>
        <button type="submit" className={pageClasses.button}>
          Filter
        </button>
        {kind === undefined ? null : <a href={evidenceHref(tenant, {})}>Clear</a>}
      </div>
    </form>
  );
}
