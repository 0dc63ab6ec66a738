import { diffLines, foldSame } from "./line-diff";
import classes from "./side-by-side.module.css";

interface Side {
  title: string;
  value: unknown;
}

interface Props {
  from: Side;
  to: Side;
  /** Said where there is no difference. */
  equal: string;
  label?: string;
}

/** Longer texts than this, in characters, are not compared line by line: nobody reads it, and it would take long. */
const COMPARED_MAX = 300_000;

const textOf = ({ value }: Side): string => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** Two values side by side, as indented JSON; same lines far from a change are folded. */
export function SideBySide({ from, to, equal, label = "Comparison" }: Props) {
  const [before, after] = [textOf(from), textOf(to)];
  if (before === after) return <p className={classes.equal}>{equal}</p>;
  if (Math.max(before.length, after.length) > COMPARED_MAX)
    return (
      <p className={classes.equal}>
        They differ, and are too long to be compared here: {before.length} and {after.length} characters.
      </p>
    );
  const rows = foldSame(diffLines(before, after));
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
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
              {from.title}
            </th>
            <th scope="col" colSpan={2}>
              {to.title}
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
