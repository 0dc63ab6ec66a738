"use client";

import { useMemo } from "react";
import { Panel } from "@/app/_shared/page";
import { layoutSteps } from "@/app/_shared/step-graph/layout-steps";
import { StepGraph } from "@/app/_shared/step-graph/step-graph";
import type { DraftStep } from "./draft";

interface Props {
  steps: readonly DraftStep[];
  faulty: ReadonlySet<string>;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** The steps as a graph that follows every edit. */
export function EditorGraph({ steps, faulty, selected, onSelect }: Props) {
  const layout = useMemo(() => layoutSteps(steps), [steps]);
  return (
    <Panel title="Graph">
      <StepGraph layout={layout} label="Steps of this draft" faulty={faulty} selected={selected} onSelect={onSelect} />
    </Panel>
  );
}
