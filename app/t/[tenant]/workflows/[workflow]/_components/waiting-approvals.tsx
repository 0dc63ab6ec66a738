import { Notice } from "@/app/_shared/notice";
import { hrefOf } from "@/app/_shared/page-params";
import { roleWord } from "@/policies/access/role-word";

interface Props {
  tenant: string;
  slug: string;
  rows: readonly { id: string; title: string; role: string; stage: number; stages: number }[];
  hasMore: boolean;
}

/** What runs of a workflow wait for people to approve, the newest first. */
export function WaitingApprovals({ tenant, slug, rows, hasMore }: Props) {
  if (rows.length === 0) return null;
  return (
    <Notice tone="wait" title="Runs of this workflow wait for approval">
      {rows.map(({ id, title, role, stage, stages }) => (
        <div key={id}>
          <a href={`/t/${tenant}/approvals/${id}`}>{title}</a>
          {` asks the role ${roleWord(role)}${stages === 1 ? "" : ` (stage ${stage} of ${stages})`}`}
        </div>
      ))}
      {hasMore ? <a href={hrefOf(`/t/${tenant}/approvals`, { tab: "others", text: slug })}>All of them</a> : null}
    </Notice>
  );
}
