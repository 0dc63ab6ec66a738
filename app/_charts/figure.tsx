import type { ReactNode } from "react";
import classes from "./figure.module.css";

interface Props {
  /** What `drawChart` made: ours, of numbers only. */
  svg: string;
  /** What the drawing shows, in a sentence that stands for it. */
  says: string;
  caption: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A drawing, what it says in words, and its numbers as a table. */
export function ChartFigure({ svg, says, caption, head, rows }: Props) {
  return (
    <figure className={classes.figure}>
      <div className={classes.drawing} role="img" aria-label={says} dangerouslySetInnerHTML={{ __html: svg }} />
      <figcaption className={classes.caption}>{caption}</figcaption>
      <details className={classes.numbers}>
        <summary>Numbers</summary>
        {/* A scrolled box is reached by keyboard. */}
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={`${caption}: numbers`}>
          <table>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells }) => (
                <tr key={key}>
                  {cells.map((cell, place) => (
                    <td key={head[place]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
