"use client";

import { Button } from "@mantine/core";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import classes from "./change-notice.module.css";
import type { Plan } from "./plan-words";

type Change = NonNullable<Plan["change"]>;

function Words({ change: { status, title, dueAt, url }, zone }: { change: Change; zone: string }) {
  const due = <Moment at={dueAt} zone={zone} />;
  if (status === "scheduled")
    return (
      <>
        From {due} on: {title}. Until then all stays as it is.
      </>
    );
  return (
    <>
      To {title}. What was before counts until it is paid, which can be done until {due}.{" "}
      {url === null ? null : <a href={url}>Pay or confirm it</a>}
    </>
  );
}

/** A change that is ordered and does not count yet, with the way to take it back; or one that was not paid in time. */
export function ChangeNotice({ change, zone }: { change: Change; zone: string }) {
  const client = useTRPCClient();
  const { run, isBusy, refusal } = useAction((_: null) => client.billing.undoChange.mutate({}), {
    said: "The plan stays as it is.",
  });
  if (change.status === "lapsed")
    return (
      <Notice tone="wait" title="A change was not paid in time">
        The plan stayed as it was: {change.title} can be ordered again.
      </Notice>
    );
  return (
    <Notice
      tone="wait"
      title={change.status === "scheduled" ? "The plan changes at the renewal" : "A change waits to be paid"}
    >
      <Words change={change} zone={zone} />
      <RefusalNotice refusal={refusal} />
      <div className={classes.act}>
        <Button size="xs" variant="default" loading={isBusy} onClick={() => run(null)}>
          Keep the plan as it is
        </Button>
      </div>
    </Notice>
  );
}
