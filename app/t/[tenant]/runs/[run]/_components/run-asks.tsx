import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { roleWord } from "@/policies/access/role-word";
import type { RunDetail } from "./run-detail";
import { stepName } from "./step-name";

/** What a run waits for people to approve, and whom it asks. */
export function RunAsks({ tenant, run, zone }: { tenant: string; run: RunDetail; zone: string }) {
  return run.asks.map(({ id, title, taskId, role, stage, stages, dueAt }) => (
    <Notice
      key={id}
      tone="wait"
      title={taskId === null ? "Waits for its start to be approved" : `${stepName(run, taskId)}: waits for approval`}
    >
      <a href={`/t/${tenant}/approvals/${id}`}>{title}</a>
      {` It asks the role ${roleWord(role)}${stages === 1 ? "" : ` (stage ${stage} of ${stages})`}, until `}
      <Moment at={dueAt} zone={zone} />.
    </Notice>
  ));
}
