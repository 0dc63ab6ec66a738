import { render, toPlainText } from "@react-email/components";
import type { ReactElement } from "react";

/** A letter ready to be sent: the same words as HTML and as plain text. */
export interface WrittenLetter {
  subject: string;
  html: string;
  text: string;
}

/** Marks a paragraph that a plain text would only repeat. */
export const ONLY_IN_HTML = "only-in-html";

/** Renders a letter's template. */
export async function written(subject: string, letter: ReactElement): Promise<WrittenLetter> {
  const html = await render(letter);
  return { subject, html, text: toPlainText(html, { selectors: [{ selector: `p.${ONLY_IN_HTML}`, format: "skip" }] }) };
}
