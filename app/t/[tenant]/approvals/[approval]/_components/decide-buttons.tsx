"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { ApprovalVerdict } from "@/server/approvals/domain/status";
import type { Decidable } from "./decide-dialog";

const DecideDialog = dynamic(() => import("./decide-dialog").then((module) => module.DecideDialog), { ssr: false });

/** Approve, or reject. Nothing is decided before the dialog is sent. */
export function DecideButtons({ request }: { request: Decidable }) {
  const [verdict, setVerdict] = useState<ApprovalVerdict | null>(null);
  return (
    <>
      <Button variant="default" onClick={() => setVerdict("rejected")}>
        Reject
      </Button>
      <Button onClick={() => setVerdict("approved")}>Approve</Button>
      {verdict === null ? null : <DecideDialog request={request} verdict={verdict} onClose={() => setVerdict(null)} />}
    </>
  );
}
