"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Hint } from "@/app/_shared/hints";
import type { InputFields } from "./run-input";

const StartDialog = dynamic(() => import("./start-dialog").then((module) => module.StartDialog), { ssr: false });

interface Props {
  tenant: string;
  workflowId: string;
  name: string;
  fields: InputFields;
  hint: Hint;
}

/** Starts a run of the published version. */
export function StartRun({ hint, ...dialog }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  if (!hint.may) return null;
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Start a run</Button>
      {isOpen ? <StartDialog {...dialog} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
