"use client";

import { Checkbox, Textarea } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { roleWord } from "@/policies/access/role-word";
import type { ItemRow } from "./item-row";

/** Takes some of a member's roles, or all that a holder has. It holds from their next request on. */
export function RemoveDialog({ item, onClose }: { item: ItemRow; onClose: () => void }) {
  const client = useTRPCClient();
  const { name } = item.snapshot;
  const roles = item.now?.roles ?? [];
  const isDivisible = item.kind === "member" && roles.length > 1;
  const form = useActionForm({
    initial: { taken: [...roles] as string[], comment: "" },
    act: ({ taken, comment }) => {
      const removedRoles = roles.filter((role) => taken.includes(role));
      const isAll = !isDivisible || removedRoles.length === roles.length;
      return client.accessReviews.decide.mutate({
        ...{ itemId: item.id, accessHash: item.accessHash ?? "", keeps: false, comment },
        ...(isAll ? {} : { removedRoles }),
      });
    },
    said: `Access of ${name} was taken.`,
    onDone: onClose,
  });
  const isAll = !isDivisible || form.values.taken.length === roles.length;
  const what = item.kind === "member" ? "the membership" : "the key";
  return (
    <FormDialog
      title={`Remove access of ${name}`}
      form={form}
      act={isAll ? `Remove ${what}` : "Remove these roles"}
      isDanger
      onClose={onClose}
    >
      {isDivisible ? (
        <Checkbox.Group label="Which roles go" description={`All of them: ${what} ends.`} {...form.field("taken")}>
          <div style={{ display: "flex", flexDirection: "column", gap: 8, paddingTop: 6 }}>
            {roles.map((role) => (
              <Checkbox key={role} size="sm" value={role} label={roleWord(role)} />
            ))}
          </div>
        </Checkbox.Group>
      ) : (
        <p>From the next request on, {what} is over.</p>
      )}
      <Textarea label="Why" withAsterisk rows={3} maxLength={2_000} data-autofocus {...form.field("comment")} />
    </FormDialog>
  );
}
