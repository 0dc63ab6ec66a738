"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "../moment";
import { Notice } from "../notice";
import { heldThing, type HoldOn } from "./hold-on";
import type { HoldAction } from "./hold-rights";
import { actionOn } from "./hold-target";

const LiftDialog = dynamic(() => import("./lift-dialog").then((module) => module.LiftDialog), { ssr: false });

interface Props {
  tenant: string;
  on: readonly HoldOn[];
  may: readonly HoldAction[];
  zone: string;
}

const EFFECT: Readonly<Record<HoldOn["kind"], string>> = {
  kill: "No step begins and no run starts until it is lifted.",
  pause: "Runs that are started queue until it is resumed.",
};

function OneHold({ tenant, hold, may, zone }: Omit<Props, "on"> & { hold: HoldOn }) {
  const [isLifting, setIsLifting] = useState(false);
  const { kind, scope, reason, setByName, setAt, isSettled } = hold;
  const isKill = kind === "kill";
  const isEnding = isKill && !isSettled;
  const mayLift = may.some((action) => action === actionOn(scope, isKill ? "lift" : "resume"));
  return (
    <Notice tone={isKill ? "bad" : "wait"} title={`${isKill ? "Killed" : "Paused"}: ${heldThing(hold)}`}>
      <p>{reason}</p>
      <p>
        {`By ${setByName ?? "who runs this installation"}, since `}
        <Moment at={setAt} zone={zone} />
        {`. ${EFFECT[kind]}`}
        {isEnding ? " Its open runs are being ended." : ""}
      </p>
      {mayLift && !isEnding ? (
        <Button variant="default" size="compact-sm" onClick={() => setIsLifting(true)}>
          {isKill ? "Lift the kill" : "Resume"}
        </Button>
      ) : null}
      {isLifting ? <LiftDialog tenant={tenant} hold={hold} onClose={() => setIsLifting(false)} /> : null}
    </Notice>
  );
}

/** What is killed or paused: what, since when, by whom and why, and the way to lift it. Nothing while nothing is held. */
export function HoldBanner({ on, ...rest }: Props) {
  return on.map((hold) => <OneHold key={hold.id} hold={hold} {...rest} />);
}
