"use client";

import { useState } from "react";
import type { z } from "zod";
import { TextArea } from "./fields";
import { readJson } from "./issues";

type AnyJson = z.core.util.JSONType;

interface Props {
  label: string;
  rows: number;
  value: unknown;
  error: string | undefined;
  /** JSON where the text is some, else the text itself; undefined for none. */
  onChange: (value: AnyJson | undefined) => void;
}

/** A value as its author reads it: text as it is, anything else as JSON. */
const textOf = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value, null, 2);

/** A field for any JSON, in which a text that is none stays text. */
export function JsonArea({ value, onChange, ...rest }: Props) {
  const [text, setText] = useState(() => textOf(value));
  return (
    <TextArea
      {...rest}
      value={text}
      isCode
      onChange={(changed) => {
        setText(changed);
        const read = readJson(changed);
        onChange(changed === "" ? undefined : "fault" in read ? changed : (read.value as AnyJson));
      }}
    />
  );
}
