"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { Status } from "@/app/_shared/status";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { END_WORDS, type Figures, type MitigationEnd } from "@/server/mitigations/domain/mitigation";
import classes from "./incident.module.css";

const MitigateDialog = dynamic(() => import("./mitigate-dialog").then((module) => module.MitigateDialog), {
  ssr: false,
});

interface Props {
  incidentId: string;
  rows: readonly {
    id: string;
    words: string;
    reason: string;
    isDrill: boolean;
    before: Figures;
    after: Figures | null;
    expiresAt: string;
    end: MitigationEnd | null;
    endedAt: string | null;
  }[];
  mayWork: boolean;
  zone: string;
}

const inWords = (word: string, { atWork, queued, limit }: Figures) =>
  `${word} ${atWork} at work, ${queued} queued, ${limit} allowed`;

/** What was done about an incident before its cause is known: each with how things stood before and after, and its undo. */
export function MitigationsPanel({ incidentId, rows, mayWork, zone }: Props) {
  const client = useTRPCClient();
  const [isAdding, setIsAdding] = useState(false);
  const undo = useAction((mitigationId: string) => client.mitigations.undo.mutate({ mitigationId }), {
    said: "Taken back",
  });
  return (
    <Panel title="Mitigations">
      <RefusalNotice refusal={undo.refusal} />
      <ul className={classes.list}>
        {rows.length === 0 ? <li className={classes.about}>Nothing is held back for it.</li> : null}
        {rows.map(({ id, words, reason, isDrill, before, after, expiresAt, end, endedAt }) => (
          <li key={id} className={classes.item}>
            <span>
              {words} <Status status={end === null ? "slo-on" : "slo-over"} />
              <br />
              <span className={classes.about}>
                {reason}
                <br />
                {inWords("Before:", before)}
                {after === null ? "" : `; ${inWords("after:", after)}`}.{" "}
                {end === null ? (
                  <>
                    Ends <Moment at={expiresAt} zone={zone} />.
                  </>
                ) : (
                  <>
                    Ended <Moment at={endedAt} zone={zone} />: {END_WORDS[end]}.
                  </>
                )}
                {isDrill ? " A drill: it holds nothing back." : ""}
              </span>
            </span>
            {mayWork && end === null ? (
              <RowButton label="Undo" says={`Undo: ${words}`} onClick={() => undo.run(id)} />
            ) : null}
          </li>
        ))}
      </ul>
      {mayWork ? (
        <Button variant="default" size="xs" onClick={() => setIsAdding(true)}>
          Mitigate
        </Button>
      ) : null}
      {isAdding ? <MitigateDialog incidentId={incidentId} onClose={() => setIsAdding(false)} /> : null}
    </Panel>
  );
}
