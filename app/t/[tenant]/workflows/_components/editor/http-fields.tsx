"use client";

import { useState } from "react";
import { WordSelect } from "@/app/_shared/word-select";
import type { DraftStep } from "./draft";
import classes from "./editor.module.css";
import { NumberField, TextArea, TextField } from "./fields";
import { headersFromText, headersToText } from "./headers-text";
import { readJson } from "./issues";

type HttpStep = Extract<DraftStep, { type: "http" }>;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

interface Props {
  step: HttpStep;
  error: (field: string) => string | undefined;
  onChange: (step: HttpStep, field: string) => void;
}

/** A body as its author reads it: text as it is, anything else as JSON. */
const bodyText = ({ body }: HttpStep["request"]) =>
  body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body, null, 2);

/** What an HTTP step asks for. */
export function HttpFields({ step, error, onChange }: Props) {
  const { request } = step;
  const [headers, setHeaders] = useState(() => headersToText(request.headers ?? {}));
  const [body, setBody] = useState(() => bodyText(request));
  const set = (change: Partial<HttpStep["request"]>, field: string) =>
    onChange({ ...step, request: { ...request, ...change } }, `request.${field}`);
  const changeBody = (text: string) => {
    setBody(text);
    const read = readJson(text);
    // A text that is no JSON is sent as text.
    set(
      { body: text === "" ? undefined : "fault" in read ? text : (read.value as HttpStep["request"]["body"]) },
      "body",
    );
  };
  return (
    <>
      <div className={classes.row} style={{ gridTemplateColumns: "110px minmax(0, 1fr)", alignItems: "start" }}>
        <WordSelect
          label="Method"
          words={METHODS}
          value={request.method ?? "GET"}
          onChange={(method) => set({ method }, "method")}
        />
        <TextField
          label="URL"
          description="{{ input.name }} and {{ steps.id.output }} are filled in, but not in the host."
          value={request.url}
          error={error("request.url")}
          onChange={(url) => set({ url }, "url")}
        />
      </div>
      <TextArea
        label="Headers (one on each line, as name: value)"
        rows={3}
        value={headers}
        error={error("request.headers")}
        isCode
        onChange={(text) => {
          setHeaders(text);
          set({ headers: headersFromText(text) }, "headers");
        }}
      />
      <TextArea
        label="Body (JSON, or text)"
        rows={5}
        value={body}
        error={error("request.body")}
        isCode
        onChange={changeBody}
      />
      <div className={classes.row}>
        <NumberField
          label="Time limit (seconds)"
          min={1}
          max={30}
          value={step.timeout_seconds ?? 10}
          error={error("timeout_seconds")}
          onChange={(seconds) => onChange({ ...step, timeout_seconds: seconds }, "timeout_seconds")}
        />
        <NumberField
          label="Further attempts after a failure"
          min={0}
          max={10}
          value={step.retries ?? 3}
          error={error("retries")}
          onChange={(retries) => onChange({ ...step, retries }, "retries")}
        />
      </div>
    </>
  );
}
