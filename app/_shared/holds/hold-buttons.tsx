"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { HoldOn } from "./hold-on";
import type { HoldAction } from "./hold-rights";
import { actionOn, type HoldTarget } from "./hold-target";

const HoldDialog = dynamic(() => import("./hold-dialog").then((module) => module.HoldDialog), { ssr: false });

interface Props {
  tenant: string;
  target: HoldTarget;
  may: readonly HoldAction[];
  /** The holds that are on. */
  on: readonly HoldOn[];
  /** What is asked about at once. */
  asked?: "kill" | "pause" | null;
}

const liesOn = (target: HoldTarget) => (hold: HoldOn) =>
  hold.scope === target.scope &&
  (target.scope !== "workflow" || hold.workflow?.id === target.workflowId) &&
  (target.scope !== "class" || hold.executionClass === target.executionClass);

/** The ways to hold something: to pause it, or to kill it. One that is on already is not offered again. */
export function HoldButtons({ tenant, target, may, on, asked = null }: Props) {
  const [asking, setAsking] = useState<"kill" | "pause" | null>(asked);
  const kinds = on.filter(liesOn(target)).map(({ kind }) => kind);
  const { scope, name } = target;
  const offers = (kind: "kill" | "pause") =>
    !kinds.includes(kind) && may.some((action) => action === actionOn(scope, kind));
  return (
    <>
      {offers("pause") ? (
        <Button variant="default" onClick={() => setAsking("pause")}>
          Pause {name}
        </Button>
      ) : null}
      {offers("kill") ? (
        <Button variant="outline" color="red" onClick={() => setAsking("kill")}>
          Kill {name}
        </Button>
      ) : null}
      {asking === null || !offers(asking) ? null : (
        <HoldDialog tenant={tenant} kind={asking} target={target} onClose={() => setAsking(null)} />
      )}
    </>
  );
}
