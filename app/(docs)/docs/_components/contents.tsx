import { type Block, plainText } from "@/server/guides/domain/document";
import classes from "../../docs.module.css";

interface Entry {
  depth: number;
  anchor: string;
  text: string;
}

/** The headings of a page, as they are listed. */
export const entriesOf = (blocks: readonly Block[]): Entry[] =>
  blocks.flatMap((block) =>
    block.kind === "heading" ? [{ depth: block.depth, anchor: block.anchor, text: plainText(block.parts) }] : [],
  );

function List({ entries }: { entries: readonly Entry[] }) {
  return (
    <ul>
      {entries.map(({ depth, anchor, text }) => (
        <li key={anchor} data-deep={depth > 2 || undefined}>
          <a href={`#${anchor}`}>{text}</a>
        </li>
      ))}
    </ul>
  );
}

/** What is on this page: beside it where there is room, else above it and folded. */
export function Contents({ entries }: { entries: readonly Entry[] }) {
  return (
    <>
      <details className={classes.folded}>
        <summary>On this page</summary>
        <List entries={entries} />
      </details>
      <nav className={classes.beside} aria-label="On this page">
        <strong>On this page</strong>
        <List entries={entries} />
      </nav>
    </>
  );
}
