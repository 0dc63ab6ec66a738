import { Fragment } from "react";
import { CopyButton } from "@/app/_shared/copy-text";
import type { Block, Inline } from "@/server/guides/domain/document";
import classes from "../../docs.module.css";

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return <code>{part.text}</code>;
    case "break":
      return <br />;
    case "link":
      if (part.href === null) return <Parts parts={part.parts} />;
      return (
        <a href={part.href} rel="noreferrer">
          <Parts parts={part.parts} />
        </a>
      );
    case "strong":
    case "em":
    case "del": {
      const Tag = part.kind;
      return (
        <Tag>
          <Parts parts={part.parts} />
        </Tag>
      );
    }
  }
}

const Parts = ({ parts }: { parts: readonly Inline[] }) => parts.map((part, at) => <Part key={at} part={part} />);

function Heading({ block }: { block: Extract<Block, { kind: "heading" }> }) {
  const Tag = block.depth <= 2 ? "h2" : "h3";
  return (
    <Tag id={block.anchor} className={classes.heading}>
      <Parts parts={block.parts} />{" "}
      <a className={classes.anchor} href={`#${block.anchor}`} aria-label="Link to this part">
        #
      </a>
    </Tag>
  );
}

function Table({ block: { head, rows } }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    <div className={classes.wide} role="region" aria-label="Table" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col">
                <Parts parts={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, of) => (
                <td key={of}>
                  <Parts parts={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Item({ blocks }: { blocks: readonly Block[] }) {
  // What is said in one line needs no paragraph of its own.
  const [first, ...rest] = blocks;
  if (first?.kind !== "paragraph") return <Blocks blocks={blocks} />;
  return (
    <>
      <Parts parts={first.parts} />
      <Blocks blocks={rest} />
    </>
  );
}

/** One part of a page. Nothing of it is markup but what stands here. */
function One({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return <Heading block={block} />;
    case "paragraph":
      return (
        <p>
          <Parts parts={block.parts} />
        </p>
      );
    case "code":
      return (
        <div className={classes.code}>
          <pre tabIndex={0}>
            <code>{block.text}</code>
          </pre>
          <CopyButton text={block.text} what="code" />
        </div>
      );
    case "list": {
      const Tag = block.isOrdered ? "ol" : "ul";
      return (
        <Tag>
          {block.items.map((item, at) => (
            <li key={at}>
              <Item blocks={item} />
            </li>
          ))}
        </Tag>
      );
    }
    case "table":
      return <Table block={block} />;
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "rule":
      return <hr />;
  }
}

/** A page's text. */
export const Blocks = ({ blocks }: { blocks: readonly Block[] }) =>
  blocks.map((block, at) => (
    <Fragment key={at}>
      <One block={block} />
    </Fragment>
  ));
