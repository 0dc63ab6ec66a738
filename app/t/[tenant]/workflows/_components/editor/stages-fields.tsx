import { Button } from "@mantine/core";
import { WordSelect } from "@/app/_shared/word-select";
import { APPROVER_ROLES } from "@/policies/access/vocabulary";
import { roleWord } from "@/policies/access/role-word";
import type { Stage } from "@/server/approvals/domain/chain";
import classes from "./editor.module.css";
import { NumberField } from "./fields";

const FIRST: Stage = { role: "workflow_reviewer", quorum: 1, expires_hours: 72 };
const MOST = 5;

interface Props {
  stages: readonly Stage[];
  /** What is wrong with a field, by its path below the stages. */
  error: (field: string) => string | undefined;
  onChange: (stages: Stage[], field: string) => void;
}

/** The stages of a chain of approvals, in the order in which they are asked. */
export function StagesFields({ stages, error, onChange }: Props) {
  const set = (index: number, change: Partial<Stage>, field: string) =>
    onChange(
      stages.map((stage, at) => (at === index ? { ...stage, ...change } : stage)),
      `${index}.${field}`,
    );
  return (
    <>
      {stages.map(({ role, quorum, expires_hours }, index) => (
        <div key={index} className={classes.stage} role="group" aria-label={`Stage ${index + 1}`}>
          <WordSelect
            label={`Stage ${index + 1}: role`}
            words={APPROVER_ROLES}
            say={roleWord}
            value={role}
            error={error(`${index}.role`)}
            onChange={(word) => set(index, { role: word }, "role")}
          />
          <NumberField
            label="People needed"
            min={1}
            max={5}
            value={quorum}
            error={error(`${index}.quorum`)}
            onChange={(value) => set(index, { quorum: value }, "quorum")}
          />
          <NumberField
            label="Hours to decide"
            min={1}
            max={720}
            value={expires_hours}
            error={error(`${index}.expires_hours`)}
            onChange={(value) => set(index, { expires_hours: value }, "expires_hours")}
          />
          <Button
            variant="subtle"
            color="red"
            disabled={stages.length === 1}
            aria-label={`Remove stage ${index + 1}`}
            onClick={() =>
              onChange(
                stages.filter((_, at) => at !== index),
                "removed",
              )
            }
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          disabled={stages.length >= MOST}
          onClick={() => onChange([...stages, stages.at(-1) ?? FIRST], "added")}
        >
          Add stage
        </Button>
      </div>
    </>
  );
}
