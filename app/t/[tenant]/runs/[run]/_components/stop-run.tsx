"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Hint } from "@/app/_shared/hints";

const StopDialog = dynamic(() => import("./stop-dialog").then((module) => module.StopDialog), { ssr: false });

interface Props {
  runId: string;
  cancel: Hint;
  kill: Hint;
}

/** The two ways to end a run: before its next step, or at once. */
export function StopRun({ runId, cancel, kill }: Props) {
  const [asking, setAsking] = useState<"cancel" | "kill" | null>(null);
  if (!cancel.may && !kill.may) return null;
  return (
    <>
      {cancel.may ? (
        <Button variant="default" onClick={() => setAsking("cancel")}>
          Cancel run
        </Button>
      ) : null}
      {kill.may ? (
        <Button color="red" onClick={() => setAsking("kill")}>
          Kill run
        </Button>
      ) : null}
      {asking === null ? null : <StopDialog runId={runId} how={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
