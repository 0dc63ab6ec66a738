"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";
import { Panel } from "@/app/_shared/page";
import type { EscalationFields } from "./escalation-dialog";
import classes from "./on-call.module.css";

const EscalationDialog = dynamic(() => import("./escalation-dialog").then((module) => module.EscalationDialog), {
  ssr: false,
});

/** Who is told when, until somebody has taken an incident on. */
export function EscalationPanel({ mayChange, ...fields }: EscalationFields & { mayChange: boolean }) {
  const { escalation } = fields;
  return (
    <Panel
      title="Escalation"
      aside={
        mayChange ? (
          <DialogButton label="Change">{(onClose) => <EscalationDialog {...fields} onClose={onClose} />}</DialogButton>
        ) : null
      }
    >
      <ol className={classes.shifts}>
        {escalation.steps.map(({ afterMinutes, targets }) => (
          <li key={afterMinutes}>
            <span>{afterMinutes === 0 ? "At once" : `After ${afterMinutes} min`}</span>
            <span>
              {targets
                .map(({ kind, name }) => (kind === "schedule" ? `whoever is on call by ${name}` : name))
                .join(", ")}
            </span>
          </li>
        ))}
      </ol>
      <p className={classes.about}>
        It ends as soon as somebody takes the incident on.
        {escalation.isOwn ? "" : " Nothing else was set: this is the default."}
      </p>
    </Panel>
  );
}
