"use client";

import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { EngagementField, UntilField, untilDay, usualEnd } from "./auditing-fields";
import type { MemberRow } from "./member-row";

/** Makes a member who only reads an auditor, for a time. */
export function MakeAuditor({ member, onClose }: { member: MemberRow; onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { engagement: "", until: usualEnd() },
    act: ({ engagement, until }) =>
      client.members.grantAuditor.mutate({ memberId: member.id, engagement, until: untilDay(until) }),
    said: `${member.email} is an auditor until that day.`,
    onDone: onClose,
  });
  return (
    <FormDialog title={`Make ${member.email} an auditor`} form={form} act="Make an auditor" onClose={onClose}>
      <p>From now on what they open is logged, and on the day their membership ends by itself.</p>
      <EngagementField {...form.field("engagement")} />
      <UntilField {...form.field("until")} />
    </FormDialog>
  );
}
