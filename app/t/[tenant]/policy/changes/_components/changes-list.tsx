import { Moment } from "@/app/_shared/moment";
import { Status } from "@/app/_shared/status";
import { PACKS } from "@/policies/packs";
import classes from "./comparison-view.module.css";
import type { ListedChange } from "./shown";

/** All changes there were, newest first. */
export function ChangesList({ rows, zone }: { rows: readonly ListedChange[]; zone: string }) {
  return (
    <table className={classes.cubes}>
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Proposed</th>
          <th scope="col">Decided</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              {PACKS[row.profile].title}
              {Object.keys(row.tightening).length === 0 ? "" : ", tightened"} <Status status={row.status} />
              <div>{row.reason}</div>
            </td>
            <td>
              <Moment at={row.proposedAt} zone={zone} />
              <div>{row.proposedBy}</div>
            </td>
            <td>
              <Moment at={row.decidedAt} zone={zone} />
              <div>{row.decidedBy}</div>
              {row.comment === null ? null : <div>{row.comment}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
