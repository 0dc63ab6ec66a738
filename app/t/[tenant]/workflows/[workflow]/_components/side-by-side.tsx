import { diffLines, foldSame } from "./line-diff";
import classes from "./side-by-side.module.css";

interface Side {
  number: number;
  definition: unknown;
}

/** Two versions side by side, as indented JSON; same lines far from a change are folded. */
export function SideBySide({ from, to }: { from: Side; to: Side }) {
  const text = ({ definition }: Side) => JSON.stringify(definition, null, 2);
  const rows = foldSame(diffLines(text(from), text(to)));
  if (rows.every((row) => row.kind === "folded"))
    return <p className={classes.equal}>Both versions have the same definition.</p>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Comparison">
      <table className={classes.table}>
        <colgroup>
          <col className={classes.narrow} />
          <col />
          <col className={classes.narrow} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              Version {from.number}
            </th>
            <th scope="col" colSpan={2}>
              Version {to.number}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) =>
            row.kind === "folded" ? (
              <tr key={index} className={classes.folded}>
                <td colSpan={4}>{row.lines === 1 ? "1 line is the same" : `${row.lines} lines are the same`}</td>
              </tr>
            ) : (
              <tr key={index} data-kind={row.kind}>
                <td className={classes.number}>{row.left?.number}</td>
                <td
                  className={classes.line}
                  data-edit={row.kind === "same" ? undefined : row.left === null ? "none" : "removed"}
                >
                  {row.kind === "changed" && row.left !== null ? (
                    <span className="visually-hidden">removed: </span>
                  ) : null}
                  {row.left?.text}
                </td>
                <td className={classes.number}>{row.right?.number}</td>
                <td
                  className={classes.line}
                  data-edit={row.kind === "same" ? undefined : row.right === null ? "none" : "added"}
                >
                  {row.kind === "changed" && row.right !== null ? (
                    <span className="visually-hidden">added: </span>
                  ) : null}
                  {row.right?.text}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
