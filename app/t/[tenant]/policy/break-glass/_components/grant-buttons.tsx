"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { GrantAct } from "./grant-dialog";

const GrantDialog = dynamic(() => import("./grant-dialog").then((module) => module.GrantDialog), { ssr: false });

const LABELS = { ask: "Ask for break-glass", open: "Open", refuse: "Refuse", end: "End now", review: "Looked at" };

/** What can be done about a grant; nothing is done before the dialog is sent. */
export function GrantButtons({ acts }: { acts: readonly GrantAct[] }) {
  const [act, setAct] = useState<GrantAct | null>(null);
  return (
    <>
      {acts.map((each) => (
        <Button
          key={each.kind}
          size="compact-sm"
          variant={each.kind === "ask" || each.kind === "open" ? "filled" : "default"}
          onClick={() => setAct(each)}
        >
          {LABELS[each.kind]}
        </Button>
      ))}
      {act === null ? null : <GrantDialog act={act} onClose={() => setAct(null)} />}
    </>
  );
}
