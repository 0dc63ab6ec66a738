import { Checkbox } from "@mantine/core";
import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { type Issue, messageAt } from "./issues";
import { StagesFields } from "./stages-fields";

interface Props {
  draft: Draft;
  issues: readonly Issue[];
  onChange: (draft: Draft, touched: string) => void;
}

/** Whether each start must be approved, and by whom. */
export function StartApprovalFields({ draft, issues, onChange }: Props) {
  const { approval_to_start: asked, ...rest } = draft;
  const toggle = (isAsked: boolean) =>
    onChange(
      isAsked
        ? { ...rest, approval_to_start: { stages: [{ role: "workflow_reviewer", quorum: 1, expires_hours: 24 }] } }
        : rest,
      "approval_to_start",
    );
  return (
    <fieldset style={{ margin: 0, padding: 12, border: "1px solid var(--line)", borderRadius: "var(--radius)" }}>
      <legend>Approval to start</legend>
      <div className={classes.fields}>
        <Checkbox
          label="Each start must be approved before its run begins"
          checked={asked !== undefined}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        {asked === undefined ? null : (
          <StagesFields
            stages={asked.stages}
            error={(field) => messageAt(issues, `approval_to_start.stages.${field}`)}
            onChange={(stages, field) =>
              onChange({ ...rest, approval_to_start: { stages } }, `approval_to_start.stages.${field}`)
            }
          />
        )}
      </div>
    </fieldset>
  );
}
