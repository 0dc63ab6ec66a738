import type { decisions } from "@/db/schema";
import { nameReferences } from "@/server/receipts";
import type { Scope } from "@/server/verb";
import { readDecisionBody } from "./domain/decision-body";

export type DecisionRow = typeof decisions.$inferSelect;

/** Decisions in brief, with what their actors and subjects are called; null for what is gone or above the caller's clearance. */
export async function namedDecisions(scope: Scope, rows: readonly DecisionRow[]) {
  const names = await nameReferences(
    scope,
    rows.flatMap(({ actor, subject }) => [actor, subject]),
  );
  return rows.map(({ id, seq, at, actor, action, subject, body }) => {
    const { allow, code, failed, revision, matched, denied } = readDecisionBody(body);
    const named = names.get(subject);
    return {
      ...{ id, seq, at: at.toISOString(), actor, action, subject, allow, code, failed, revision },
      /** The rules it stands on: those that allowed it, or that denied it. */
      rules: allow ? matched : denied,
      actorName: names.get(actor)?.name ?? null,
      subjectName: named?.name ?? null,
      subjectPath: named?.path ?? null,
    };
  });
}
