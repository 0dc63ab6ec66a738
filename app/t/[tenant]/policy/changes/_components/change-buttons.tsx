"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { ChangeAct } from "./change-dialog";

const ChangeDialog = dynamic(() => import("./change-dialog").then((module) => module.ChangeDialog), { ssr: false });

/** What can be done about a policy here; nothing is done before the dialog is sent. */
export function ChangeButtons({ acts }: { acts: readonly ChangeAct[] }) {
  const [act, setAct] = useState<ChangeAct | null>(null);
  return (
    <>
      {acts.map((each) => (
        <Button
          key={each.kind}
          variant={each.kind === "approve" || each.kind === "propose" ? "filled" : "default"}
          onClick={() => setAct(each)}
        >
          {{ propose: "Propose", approve: "Approve", reject: "Reject", withdraw: "Withdraw" }[each.kind]}
        </Button>
      ))}
      {act === null ? null : <ChangeDialog act={act} onClose={() => setAct(null)} />}
    </>
  );
}
