"use client";

import { useState } from "react";
import { WordSelect } from "@/app/_shared/word-select";
import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { NumberField, RetriesField, TextArea, TextField } from "./fields";
import { headersFromText, headersToText } from "./headers-text";
import { JsonArea } from "./json-area";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

/** What an HTTP step asks for. */
export function HttpFields({ step, error, onChange }: StepFieldsProps<"http">) {
  const { request } = step;
  const [headers, setHeaders] = useState(() => headersToText(request.headers ?? {}));
  const set = (change: Partial<typeof request>, field: string) =>
    onChange({ ...step, request: { ...request, ...change } }, `request.${field}`);
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
      <JsonArea
        label="Body (JSON, or text)"
        rows={5}
        value={request.body}
        error={error("request.body")}
        onChange={(body) => set({ body }, "body")}
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
        <RetriesField
          value={step.retries}
          error={error("retries")}
          onChange={(retries) => onChange({ ...step, retries }, "retries")}
        />
      </div>
    </>
  );
}
