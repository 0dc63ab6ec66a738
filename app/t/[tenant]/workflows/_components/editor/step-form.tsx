"use client";

import { Panel } from "@/app/_shared/page";
import { AdapterFields } from "./adapter-fields";
import { ApprovalFields } from "./approval-fields";
import { BranchFields } from "./branch-fields";
import { CallFields } from "./call-fields";
import { type Draft, type DraftStep, replaceStep } from "./draft";
import classes from "./editor.module.css";
import { EvidenceFields } from "./evidence-fields";
import { StepSelect, TextArea, TextField } from "./fields";
import { ForEachFields } from "./for-each-fields";
import { HttpFields } from "./http-fields";
import { type Issue, messageAt } from "./issues";
import { NotifyFields } from "./notify-fields";
import { ParallelFields } from "./parallel-fields";
import { WaitFields } from "./wait-fields";

interface Props {
  draft: Draft;
  step: DraftStep;
  index: number;
  issues: readonly Issue[];
  /** The draft after an edit, the step's id by then, and the place that was touched. */
  onChange: (draft: Draft, id: string, touched: string) => void;
}

/** The form of one step: what every step has, then what its type asks for. */
export function StepForm({ draft, step, index, issues, onChange }: Props) {
  const at = `steps.${index}`;
  const error = (field: string) => messageAt(issues, `${at}.${field}`);
  const set = (next: DraftStep, field: string) =>
    onChange(replaceStep(draft, step.id, next), next.id, `${at}.${field}`);
  const others = draft.steps.filter(({ id }) => id !== step.id);
  return (
    <Panel title={`Step ${index + 1}: ${step.type}`}>
      <div className={classes.fields}>
        <div className={classes.row}>
          <TextField label="Id" value={step.id} error={error("id")} onChange={(id) => set({ ...step, id }, "id")} />
          <TextField
            label="Name"
            value={step.name ?? ""}
            error={error("name")}
            onChange={(name) => set({ ...step, name: name === "" ? undefined : name }, "name")}
          />
        </div>
        {step.type === "http" ? <HttpFields step={step} error={error} onChange={set} /> : null}
        {step.type === "transform" ? (
          <TextArea
            label="Expression (JSONata over input and steps)"
            rows={6}
            value={step.expression}
            error={error("expression")}
            isCode
            onChange={(expression) => set({ ...step, expression }, "expression")}
          />
        ) : null}
        {step.type === "wait" ? <WaitFields step={step} error={error} onChange={set} /> : null}
        {step.type === "branch" ? <BranchFields step={step} others={others} error={error} onChange={set} /> : null}
        {step.type === "parallel" ? <ParallelFields step={step} others={others} error={error} onChange={set} /> : null}
        {step.type === "for-each" ? <ForEachFields step={step} others={others} error={error} onChange={set} /> : null}
        {step.type === "workflow" ? <CallFields step={step} error={error} onChange={set} /> : null}
        {step.type === "adapter" ? <AdapterFields step={step} error={error} onChange={set} /> : null}
        {step.type === "approval" ? <ApprovalFields step={step} error={error} onChange={set} /> : null}
        {step.type === "evidence" ? <EvidenceFields step={step} error={error} onChange={set} /> : null}
        {step.type === "notify" ? <NotifyFields step={step} error={error} onChange={set} /> : null}
        {step.type === "branch" ? null : (
          <StepSelect
            label="Next step"
            none="nothing: this way ends here"
            others={others}
            value={step.next ?? ""}
            error={error("next")}
            onChange={(next) => set({ ...step, next: next === "" ? undefined : next }, "next")}
          />
        )}
      </div>
    </Panel>
  );
}
