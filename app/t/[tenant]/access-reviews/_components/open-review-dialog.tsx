"use client";

import { Checkbox, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { roleWord } from "@/policies/access/role-word";
import { ROLES } from "@/policies/access/vocabulary";
import { REPEATS_MONTHS } from "@/server/access-reviews/domain/status";

const DAY_MS = 86_400_000;
const DUE_DAYS = 14;

interface Props {
  tenant: string;
  reviewers: readonly { memberId: string; name: string; email: string }[];
  onClose: () => void;
}

const REPEATS = [
  { value: "", label: "never" },
  ...REPEATS_MONTHS.map((months) => ({
    value: String(months),
    label: months === 1 ? "each month" : `every ${months} months`,
  })),
];

/** What is to be reviewed, by whom, and until when. */
export function OpenReviewDialog({ tenant, reviewers, onClose }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useActionForm({
    initial: {
      ...{ title: "", roles: [] as string[], withApiKeys: true, reviewerIds: [] as string[], repeats: "3" },
      dueAt: new Date(Date.now() + DUE_DAYS * DAY_MS).toISOString().slice(0, 10),
    },
    act: ({ repeats, dueAt, roles, ...values }) => {
      const repeatsMonths = REPEATS_MONTHS.find((months) => String(months) === repeats);
      return client.accessReviews.open.mutate({
        ...{ ...values, repeatsMonths, roles: ROLES.filter((role) => roles.includes(role)) },
        // Until the end of that day, UTC. What is no day is told by the server.
        dueAt: `${dueAt}T23:59:59.000Z`,
      });
    },
    onDone: ({ reviewId }) => router.push(`/t/${tenant}/access-reviews/${reviewId}`),
  });
  return (
    <FormDialog title="Open a review of access" form={form} act="Open review" onClose={onClose}>
      <TextInput label="Title" placeholder="Access in the first quarter" data-autofocus {...form.field("title")} />
      <MultiSelect
        label="Members with one of these roles (none chosen: all members)"
        data={ROLES.map((role) => ({ value: role, label: roleWord(role) }))}
        {...form.field("roles")}
      />
      <Checkbox
        label="API keys too"
        checked={form.values.withApiKeys}
        onChange={(event) => form.setValues({ withApiKeys: event.currentTarget.checked })}
      />
      <MultiSelect
        label="Reviewers"
        description="Nobody decides about themselves, so name two where reviewers are looked at too."
        searchable
        data={reviewers.map(({ memberId, name, email }) => ({
          value: memberId,
          label: name === email ? email : `${name} (${email})`,
        }))}
        {...form.field("reviewerIds")}
      />
      <TextInput type="date" label="Due at the end of (UTC)" {...form.field("dueAt")} />
      <NativeSelect label="Repeats" data={REPEATS} {...form.field("repeats")} />
    </FormDialog>
  );
}
