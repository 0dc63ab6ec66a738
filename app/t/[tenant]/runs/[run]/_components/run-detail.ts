import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { RunStatus, StepStatus } from "@/server/runs/domain/status";

interface Ending {
  code: string;
  message: string;
}

/** A run as its page shows it, whether the page or the browser asked for it. */
export interface RunDetail {
  id: string;
  status: RunStatus;
  environment: string;
  riskProfile: string;
  input: unknown;
  output: unknown;
  failure: Ending | null;
  /** The pauses that keep it queued; none is left when it is about to begin. Null while nothing does. */
  waitsFor: readonly { scope: string; reason: string; setByName: string; setAt: string }[] | null;
  /** How many of the tenant's runs may be at work, while so many keep it queued; null while they do not. */
  waitsForPlace: { most: number; plan: string | null; more: readonly string[] } | null;
  /** What people are asked to approve; without a task, its start. Stages from 1. */
  asks: readonly {
    id: string;
    title: string;
    taskId: string | null;
    role: string;
    stage: number;
    stages: number;
    dueAt: string;
  }[];
  /** The events that its steps wait for, with what their data must hold, and until when. */
  awaits: readonly {
    taskId: string;
    event: string;
    match: Readonly<Record<string, unknown>>;
    when: string | null;
    until: string;
  }[];
  executionClass: ExecutionClass;
  startedBy: string;
  startedByName: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  workflow: { id: string; slug: string; version: number; definition: { name: string }; isPublished: boolean };
  /** The run of which this one repeats a part, and the step with which it begins. */
  repeats: { runId: string; stepId: string } | null;
  /** The newest runs that repeat a part of this one. */
  repeatedBy: readonly { runId: string; stepId: string | null; status: RunStatus; createdAt: string }[];
  /** The run that called this one, and the step of it that waits for the end. */
  calledBy: { runId: string; stepId: string } | null;
  steps: {
    /** The step in its place of the run: in a for-each with the place of its item, such as `charge[12]`. */
    stepId: string;
    type: string;
    name: string;
    status: StepStatus;
    attempt: number;
    input: unknown;
    output: unknown;
    failure: Ending | null;
    /** First to last; the one that `failure` tells of is among them. `nextAt`: when the next attempt began, if one did. */
    failedAttempts: readonly (Ending & { attempt: number; at: string; nextAt: string | null })[];
    /** The run that performed it, where this one took its result over. */
    reusedFrom: string | null;
    /** The run that it has called. */
    calledRunId: string | null;
    startedAt: string;
    endedAt: string | null;
  }[];
}
