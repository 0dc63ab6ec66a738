"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { ScheduleButton } from "./schedule-button";
import type { Turns } from "./schedule-dialog";
import classes from "./on-call.module.css";

const OverrideDialog = dynamic(() => import("./override-dialog").then((module) => module.OverrideDialog), {
  ssr: false,
});

interface Props {
  schedule: Turns & {
    overrides: readonly { id: string; name: string; startsAt: string; endsAt: string }[];
    shifts: readonly {
      name: string;
      isMember: boolean;
      isMe: boolean;
      isOverride: boolean;
      from: string;
      until: string;
    }[];
  };
  members: readonly { id: string; name: string }[];
  zone: string;
  mayChange: boolean;
  mayRemove: boolean;
}

/** One schedule: who is on call now, who is next, and who stands in for whom. */
export function SchedulePanel({ schedule, members, zone, mayChange, mayRemove }: Props) {
  const { id: scheduleId, name, rotation, handoffAt, shifts, overrides } = schedule;
  const client = useTRPCClient();
  const [open, setOpen] = useState<"override" | "remove" | null>(null);
  const onClose = () => setOpen(null);
  const takeBack = useAction((overrideId: string) => client.onCall.removeOverride.mutate({ overrideId }), {
    said: "Taken back",
  });
  const [now, ...next] = shifts;
  return (
    <Panel
      title={name}
      aside={
        <span className={classes.acts}>
          {mayChange ? (
            <>
              <Button variant="default" onClick={() => setOpen("override")}>
                Put somebody else on call
              </Button>
              <ScheduleButton schedule={schedule} members={members} zone={zone} />
            </>
          ) : null}
          {mayRemove ? (
            <Button variant="default" color="red" onClick={() => setOpen("remove")}>
              Remove
            </Button>
          ) : null}
        </span>
      }
    >
      <RefusalNotice refusal={takeBack.refusal} />
      {now === undefined ? (
        <p>Nobody is on call: its first day is {schedule.startsOn}.</p>
      ) : (
        <p className={classes.now}>
          <strong>{now.isMe ? `${now.name} (you)` : now.name}</strong> is on call{now.isOverride ? " instead" : ""}{" "}
          until <Moment at={now.until} zone={zone} />.{now.isMember ? null : " Administrators are told in their place."}
        </p>
      )}
      <p className={classes.about}>
        {schedule.people.map((person) => person.name).join(", ")} take turns, changing {rotation} at {handoffAt}{" "}
        {schedule.zone}.
      </p>
      {next.length === 0 ? null : (
        <ol className={classes.shifts}>
          {next.map((shift) => (
            <li key={shift.from}>
              <Moment at={shift.from} zone={zone} /> <span>{shift.name}</span>
              {shift.isOverride ? <span className={classes.about}>instead</span> : null}
            </li>
          ))}
        </ol>
      )}
      {overrides.length === 0 ? null : (
        <>
          <h3>Standing in</h3>
          <ul className={classes.shifts}>
            {overrides.map((override) => (
              <li key={override.id}>
                {override.name}: <Moment at={override.startsAt} zone={zone} /> to{" "}
                <Moment at={override.endsAt} zone={zone} />
                {mayRemove ? (
                  <RowButton
                    label="Take back"
                    says={`Take back ${override.name} standing in`}
                    onClick={() => takeBack.run(override.id)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {open === "override" ? <OverrideDialog scheduleId={scheduleId} members={members} onClose={onClose} /> : null}
      {open === "remove" ? (
        <LazyConfirm
          title={`Remove ${name}?`}
          act="Remove"
          run={() => client.onCall.removeSchedule.mutate({ scheduleId })}
          said="Removed"
          onClose={onClose}
        >
          Nobody is on call by it any more. Where no schedule is left, administrators are told of incidents.
        </LazyConfirm>
      ) : null}
    </Panel>
  );
}
