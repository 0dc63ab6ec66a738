"use client";

import { useClipboard } from "@mantine/hooks";
import classes from "./copy-text.module.css";

interface Props {
  text: string;
  /** What the text is, for those who hear the button alone, such as `hash`. */
  what: string;
}

/** A button that copies a text. A browser that does not allow it (a page without https) says so. */
export function CopyButton({ text, what }: Props) {
  const { copied, error, copy } = useClipboard();
  return (
    <button type="button" className={classes.button} onClick={() => copy(text)}>
      {copied ? "Copied" : error === null ? "Copy" : "Not allowed here: select it"}
      <span className="visually-hidden"> {what}</span>
    </button>
  );
}

/** An id or a hash in full, with a button that copies it. */
export function CopyText({ text, what }: Props) {
  return (
    <span className={classes.copied}>
      <code>{text}</code> <CopyButton text={text} what={what} />
    </span>
  );
}
