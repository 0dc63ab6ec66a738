import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, Panel } from "@/app/_shared/page";
import { PACKS } from "@/policies/packs";
import { ChangeButtons } from "./change-buttons";
import type { ChangeAct } from "./change-dialog";
import { ComparisonView } from "./comparison-view";
import type { PendingChange } from "./shown";

interface Props {
  pending: PendingChange;
  /** The reader's roles could decide. */
  mayDecide: boolean;
  mayWithdraw: boolean;
  zone: string;
}

function actsFor({ pending: { id: changeId, toRevision, isOwn }, mayDecide, mayWithdraw }: Props): ChangeAct[] {
  return [
    ...(mayDecide && !isOwn
      ? [
          { kind: "approve" as const, changeId, toRevision },
          { kind: "reject" as const, changeId, toRevision },
        ]
      : []),
    ...(mayWithdraw ? [{ kind: "withdraw" as const, changeId }] : []),
  ];
}

/** A change that waits for its second person. */
export function PendingPanel(props: Props) {
  const { pending, zone } = props;
  const { deciders, comparison, affected, replayed } = pending;
  const pack = PACKS[pending.profile].title;
  return (
    <Panel title="Waits for a second person" aside={<ChangeButtons acts={actsFor(props)} />}>
      <Notice tone="wait" title="Until it is decided, the stricter answer of both policies counts">
        What it newly denies is denied already; what it newly allows is not allowed yet.
        {pending.isOwn ? " You proposed it, so somebody else decides." : ""}{" "}
        {deciders.length === 0
          ? "Nobody else here may decide it: give a second person the role."
          : `Who may: ${deciders.join(", ")}.`}
      </Notice>
      <Facts
        rows={[
          ["Pack", Object.keys(pending.tightening).length === 0 ? pack : `${pack}, tightened`],
          ["Why", pending.reason],
          ["Proposed by", pending.proposedBy],
          ["Proposed", <Moment key="at" at={pending.proposedAt} zone={zone} />],
          ["Revision", pending.toRevision.split("+")[1]],
        ]}
      />
      <ComparisonView comparison={comparison} affected={affected} replayed={replayed} />
    </Panel>
  );
}
