"use client";

import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { RightsFields } from "@/app/_shared/rights-fields";
import { useTRPCClient } from "@/app/_trpc/client";
import { ROLES } from "@/policies/access/vocabulary";
import type { MemberRow } from "./member-row";

/** Changes what a member may do and see, from their next request on. */
export function EditMember({ member, onClose }: { member: MemberRow; onClose: () => void }) {
  const { id: memberId, email, roles, region, businessUnit, clearance } = member;
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { roles, region, businessUnit, clearance },
    act: (rights) => client.members.update.mutate({ memberId, ...rights }),
    said: `The rights of ${email} are changed.`,
    onDone: onClose,
  });
  return (
    <FormDialog title={`Rights of ${email}`} form={form} act="Save rights" onClose={onClose}>
      <RightsFields field={form.field} offered={ROLES} />
    </FormDialog>
  );
}
