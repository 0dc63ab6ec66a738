import { WordSelect } from "@/app/_shared/word-select";
import type { StepFieldsProps } from "./draft";
import classes from "./editor.module.css";
import { TextField } from "./fields";
import { JsonArea } from "./json-area";

const MEDIA_TYPES = ["application/json", "text/plain", "text/csv", "text/markdown"] as const;

/** What an evidence step attaches to its run. */
export function EvidenceFields({ step, error, onChange }: StepFieldsProps<"evidence">) {
  return (
    <>
      <p className={classes.hint}>The file is kept with its digest (SHA-256), which the run&apos;s receipt repeats.</p>
      <div className={classes.row}>
        <TextField
          label="File name"
          value={step.file}
          error={error("file")}
          onChange={(file) => onChange({ ...step, file }, "file")}
        />
        <WordSelect
          label="Kind of file"
          words={MEDIA_TYPES}
          value={step.media_type ?? "application/json"}
          onChange={(media_type) => onChange({ ...step, media_type }, "media_type")}
        />
      </div>
      <JsonArea
        label="Content (JSON, or text)"
        rows={6}
        value={step.content}
        error={error("content")}
        onChange={(content) => onChange({ ...step, content: content ?? null }, "content")}
      />
    </>
  );
}
