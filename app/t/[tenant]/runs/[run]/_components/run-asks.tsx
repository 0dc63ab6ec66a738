import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { roleWord } from "@/policies/access/role-word";
import type { RunDetail } from "./run-detail";

/** What a run waits for people to approve, and whom it asks. */
export function RunAsks({ tenant, asks, zone }: { tenant: string; asks: RunDetail["asks"]; zone: string }) {
  return asks.map(({ id, title, taskId, role, stage, stages, dueAt }) => (
    <Notice
      key={id}
      tone="wait"
      title={taskId === null ? "Waits for its start to be approved" : `${taskId}: waits for approval`}
    >
      <a href={`/t/${tenant}/approvals/${id}`}>{title}</a>
      {` It asks the role ${roleWord(role)}${stages === 1 ? "" : ` (stage ${stage} of ${stages})`}, until `}
      <Moment at={dueAt} zone={zone} />.
    </Notice>
  ));
}
