import type { Difference } from "./difference";

/** A decision on record, and what the same revision says to its question now. */
export interface Redecided {
  tenantId: string;
  slug: string;
  id: string;
  seq: number;
  action: string;
  revision: string;
  allowed: boolean;
  /** Null where the question cannot be put again. */
  says: boolean | null;
}

const word = (allow: boolean) => (allow ? "allowed" : "denied");

/** Decisions that the very revision they name does not bear out: whatever decided, it was not this policy. */
export const compareDecisions = (decisions: readonly Redecided[]): (Difference & { tenantId: string })[] =>
  decisions.flatMap(({ tenantId, slug, id, seq, action, revision, allowed, says }) =>
    says === null || says === allowed
      ? []
      : [
          {
            ...{ tenantId, kind: "behaviour" as const, key: `behaviour:${id}` },
            title: `Decision No. ${seq} about ${action} is not what its policy says`,
            ...{ expected: `${word(says)} by ${revision}`, found: word(allowed) },
            undo: {
              runs: "command" as const,
              text: `npx conductor drift accept --tenant ${slug} --key behaviour:${id} --reason "Looked into"`,
            },
          },
        ],
  );
