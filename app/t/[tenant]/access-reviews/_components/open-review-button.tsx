"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";

const OpenReviewDialog = dynamic(() => import("./open-review-dialog").then((module) => module.OpenReviewDialog), {
  ssr: false,
});

interface Props {
  tenant: string;
  reviewers: readonly { memberId: string; name: string; email: string }[];
}

/** Opens a review of access. */
export function OpenReviewButton(props: Props) {
  return (
    <DialogButton label="Open a review">{(onClose) => <OpenReviewDialog {...props} onClose={onClose} />}</DialogButton>
  );
}
