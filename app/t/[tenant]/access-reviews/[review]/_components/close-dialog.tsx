"use client";

import { Checkbox } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

export interface Closable {
  reviewId: string;
  undecided: number;
  repeatsMonths: number | null;
}

/** Says what closing brings about, and whether another review follows. */
export function CloseDialog({ review, onClose }: { review: Closable; onClose: () => void }) {
  const client = useTRPCClient();
  const { reviewId, undecided, repeatsMonths } = review;
  const isIncomplete = undecided > 0;
  const form = useActionForm({
    initial: { endsRepeating: false },
    act: ({ endsRepeating }) => client.accessReviews.close.mutate({ reviewId, isIncomplete, endsRepeating }),
    said: "The review is closed, and its evidence record is made.",
    onDone: onClose,
  });
  return (
    <FormDialog
      title={isIncomplete ? "Close with something undecided?" : "Close this review?"}
      form={form}
      act={isIncomplete ? "Close as incomplete" : "Close review"}
      isDanger={isIncomplete}
      onClose={onClose}
    >
      <p>
        {isIncomplete ? `Undecided: ${undecided}. They keep their access, and the record names them. ` : ""}
        Nothing can be decided in it any more.
      </p>
      {repeatsMonths === null ? null : (
        <Checkbox
          label="End the repetition: no other follows it"
          checked={form.values.endsRepeating}
          onChange={(event) => form.setValues({ endsRepeating: event.currentTarget.checked })}
        />
      )}
    </FormDialog>
  );
}
