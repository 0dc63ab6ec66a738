"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/app/_shared/notice";
import { Panel } from "@/app/_shared/page";
import { SideBySide } from "@/app/_shared/side-by-side";
import { useTRPCClient } from "@/app/_trpc/client";
import type { Draft } from "./draft";
import classes from "./editor.module.css";

interface Props {
  slug: string;
  mine: Draft;
  /** Goes on with what is written here; saving it then replaces what somebody else saved. */
  onKeep: (contentHash: string) => void;
  /** Goes on with what somebody else saved; what is written here can be had back by undoing. */
  onTake: (theirs: Draft, contentHash: string) => void;
}

/** What somebody else saved meanwhile, beside what is written here, and the two ways on. Nothing of either is lost. */
export function Conflict({ slug, mine, onKeep, onTake }: Props) {
  const client = useTRPCClient();
  const asked = useQuery({
    queryKey: ["saved-meanwhile", slug],
    queryFn: async () => (await client.workflows.get.query({ slug })).versions[0] ?? null,
    staleTime: 0,
    gcTime: 0,
  });
  const theirs = asked.data;
  return (
    <Notice tone="bad" title="Somebody else saved this workflow meanwhile">
      {asked.isError ? "What they saved cannot be read just now. Save again in a moment." : null}
      {theirs === undefined || theirs === null ? null : (
        <>
          <p>Nothing of yours is lost. What you keep is saved only once you save it.</p>
          <Panel isFlush>
            <SideBySide
              from={{ title: "Saved meanwhile", value: theirs.definition }}
              to={{ title: "Yours", value: mine }}
              equal="It is the same as yours."
            />
          </Panel>
          <div className={classes.choices}>
            <Button onClick={() => onKeep(theirs.contentHash)}>Go on with mine</Button>
            <Button variant="default" onClick={() => onTake(theirs.definition, theirs.contentHash)}>
              Take theirs
            </Button>
          </div>
        </>
      )}
    </Notice>
  );
}
