import type { ReactNode } from "react";
import classes from "./pricing.module.css";

export interface Line {
  name: string;
  /** One cell for each head. */
  cells: readonly ReactNode[];
  isSum?: boolean;
}

interface Props {
  label: string;
  heads: readonly string[];
  lines: readonly Line[];
  isNumeric?: boolean;
}

/** Lines of amounts under their heads. It scrolls within its frame where it is too wide. */
export function LinesTable({ label, heads, lines, isNumeric = true }: Props) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {heads.map((head) => (
              <th key={head} scope="col" data-numeric={isNumeric || undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, cells, isSum }) => (
            <tr key={name} data-sum={isSum || undefined}>
              <th scope="row">{name}</th>
              {cells.map((cell, nth) => (
                <td key={heads[nth]} data-numeric={isNumeric || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
