import { z } from "zod";
import { APPROVER_ROLES } from "@/policies/access/vocabulary";
import type { ApprovalStatus, ApprovalVerdict } from "./status";

const stageSchema = z.strictObject({
  role: z.enum(APPROVER_ROLES).describe("Who may approve at this stage."),
  quorum: z.int().min(1).max(5).describe("How many of them must. A person counts once in the whole chain."),
  expires_hours: z.int().min(1).max(720).describe("The stage waits this long for them, from when it began."),
});
export type Stage = z.output<typeof stageSchema>;

/** The stages of a chain, in the order in which they are asked. */
export const stagesSchema = z.array(stageSchema).min(1, "needs at least one stage").max(5);

export interface Vote {
  voterId: string;
  /** Place of the stage at which it was given, from 0. */
  stage: number;
  verdict: ApprovalVerdict;
}

/** Where a request stands in its chain. */
export interface Standing {
  status: ApprovalStatus;
  /** Place of the stage that is asked now, from 0. */
  stage: number;
  votes: readonly Vote[];
  /** When the stage expires. */
  dueAt: Date;
}

const HOUR_MS = 3_600_000;

const dueOf = (stages: readonly Stage[], stage: number, since: Date): Date =>
  new Date(since.getTime() + (stages[stage]?.expires_hours ?? 0) * HOUR_MS);

/** A request that begins: its first stage is asked. */
export const opened = (stages: readonly Stage[], at: Date): Standing => ({
  ...{ status: "pending", stage: 0, votes: [], dueAt: dueOf(stages, 0, at) },
});

/** Why nobody decides about a request any more, in words; null while somebody may. */
export function whyClosed({ status, dueAt }: Pick<Standing, "status" | "dueAt">, at: Date): string | null {
  if (status === "void") return "This request is void: what it was about has changed, or its run has ended.";
  if (status === "approved" || status === "rejected") return `This request was decided already: it is ${status}.`;
  return status === "pending" && at < dueAt ? null : "This request has expired.";
}

/**
 * What a vote makes of a request. One rejection ends it; the last approval that a stage needs begins the next, or ends the
 * chain. Nothing changes where the request is closed, or the person has voted in it before.
 */
export function afterVote(
  stages: readonly Stage[],
  standing: Standing,
  { voterId, verdict }: Pick<Vote, "voterId" | "verdict">,
  at: Date,
): Standing {
  const { stage } = standing;
  if (whyClosed(standing, at) !== null || standing.votes.some((vote) => vote.voterId === voterId)) return standing;
  const votes = [...standing.votes, { voterId, stage, verdict }];
  if (verdict === "rejected") return { ...standing, votes, status: "rejected" };
  const given = votes.filter((vote) => vote.stage === stage).length;
  if (given < (stages[stage]?.quorum ?? 0)) return { ...standing, votes };
  if (stage + 1 === stages.length) return { ...standing, votes, status: "approved" };
  return { ...standing, votes, stage: stage + 1, dueAt: dueOf(stages, stage + 1, at) };
}

/** What there is left to do for a request that nobody decided; null while it waits. */
export function endOf(
  { status, dueAt }: Pick<Standing, "status" | "dueAt">,
  {
    isPointless,
    at,
  }: { /** Its run has ended, or another version took the place of its own. */ isPointless: boolean; at: Date },
): "void" | "expired" | null {
  if (status !== "pending") return null;
  if (isPointless) return "void";
  return at < dueAt ? null : "expired";
}
