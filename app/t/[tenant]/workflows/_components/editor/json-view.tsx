"use client";

import { Textarea } from "@mantine/core";
import { useState } from "react";
import { Panel } from "@/app/_shared/page";
import type { Draft } from "./draft";
import { readJson } from "./issues";
import { readDraft } from "./read-draft";

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** Told what is written while the forms cannot show it, and null once they can again. */
  onUnread: (unread: { value: unknown } | null) => void;
}

const textOf = (draft: Draft) => JSON.stringify(draft, null, 2);

/** The whole definition as JSON. What the forms cannot show stays here until it can be shown, and is not saved. */
export function JsonView({ draft, onDraft, onUnread }: Props) {
  const [text, setText] = useState(() => textOf(draft));
  const [known, setKnown] = useState(draft);
  const [fault, setFault] = useState<string | null>(null);
  // The draft changed elsewhere (undo, the step list): what is shown follows it.
  if (known !== draft) {
    setKnown(draft);
    setText(textOf(draft));
    setFault(null);
  }
  const change = (next: string) => {
    setText(next);
    const read = readJson(next);
    if ("fault" in read) {
      setFault(`Not JSON yet: ${read.fault}`);
      onUnread({ value: null });
      return;
    }
    const found = readDraft(read.value);
    setFault(found === null ? "The forms cannot show this yet; the problems say what is missing." : null);
    onUnread(found === null ? read : null);
    if (found !== null) {
      setKnown(found);
      onDraft(found);
    }
  };
  return (
    <Panel title="Definition as JSON">
      <Textarea
        aria-label="Definition as JSON"
        value={text}
        error={fault}
        autosize={false}
        rows={28}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mono)", fontSize: 12 } }}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </Panel>
  );
}
