"use client";

import classes from "./editor.module.css";
import type { Draft } from "./draft";
import { type Issue, placeOf, stepOfIssue } from "./issues";

const SHOWN = 12;

interface Props {
  issues: readonly Issue[];
  draft: Draft;
  onSelect: (id: string) => void;
}

/** Every problem with its place; each leads to its step. */
export function IssueList({ issues, draft, onSelect }: Props) {
  if (issues.length === 0) return null;
  return (
    <section className={classes.issues} aria-label="Problems">
      <ul>
        {issues.slice(0, SHOWN).map(({ path, message }, at) => {
          const id = draft.steps[stepOfIssue({ path, message }) ?? -1]?.id;
          return (
            <li key={`${path}${at}`}>
              {id === undefined ? (
                <code>{placeOf({ path, message }, draft.steps)}</code>
              ) : (
                <button type="button" className={classes.place} onClick={() => onSelect(id)}>
                  <code>{placeOf({ path, message }, draft.steps)}</code>
                </button>
              )}{" "}
              {message}
            </li>
          );
        })}
        {issues.length > SHOWN ? <li>and {issues.length - SHOWN} more</li> : null}
      </ul>
    </section>
  );
}
