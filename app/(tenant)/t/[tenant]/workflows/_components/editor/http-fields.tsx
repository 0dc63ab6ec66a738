"use client";

import { NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { DraftStep } from "./draft";
import classes from "./editor.module.css";
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
        <NativeSelect
          label="Method"
          data={[...METHODS]}
          value={request.method ?? "GET"}
          onChange={(event) => {
            const method = METHODS.find((word) => word === event.currentTarget.value);
            if (method !== undefined) set({ method }, "method");
          }}
        />
        <TextInput
          label="URL"
          description="{{ input.name }} and {{ steps.id.output }} are filled in, but not in the host."
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={request.url}
          error={error("request.url")}
          onChange={(event) => set({ url: event.currentTarget.value }, "url")}
        />
      </div>
      <Textarea
        label="Headers (a name: value on each line)"
        rows={3}
        value={headers}
        error={error("request.headers")}
        styles={{ input: { fontFamily: "var(--mono)" } }}
        onChange={(event) => {
          setHeaders(event.currentTarget.value);
          set({ headers: headersFromText(event.currentTarget.value) }, "headers");
        }}
      />
      <Textarea
        label="Body (JSON, or text)"
        rows={5}
        value={body}
        error={error("request.body")}
        styles={{ input: { fontFamily: "var(--mono)" } }}
        onChange={(event) => changeBody(event.currentTarget.value)}
      />
      <div className={classes.row}>
        <NumberInput
          label="Time limit (seconds)"
          min={1}
          max={30}
          value={step.timeout_seconds ?? 10}
          error={error("timeout_seconds")}
          onChange={(value) => onChange({ ...step, timeout_seconds: Number(value) }, "timeout_seconds")}
        />
        <NumberInput
          label="Further attempts after a failure"
          min={0}
          max={10}
          value={step.retries ?? 3}
          error={error("retries")}
          onChange={(value) => onChange({ ...step, retries: Number(value) }, "retries")}
        />
      </div>
    </>
  );
}
