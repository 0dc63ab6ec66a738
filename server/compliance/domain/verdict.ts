import { z } from "zod";
import type { Json } from "@/server/kernel/json";
import type { EvidenceKind } from "./words";

/** What a piece of evidence says of its control: that it holds, that it does not, or neither. */
export interface Verdict {
  says: "good" | "bad" | "unknown";
  /** What is wrong, or what is not told; empty where it is good. */
  because: string;
}

const GOOD: Verdict = { says: "good", because: "" };
const bad = (because: string): Verdict => ({ says: "bad", because });
const unknown = (because: string): Verdict => ({ says: "unknown", because });

/** Reads facts of a shape; others, such as of an item from before they were collected, say nothing. */
const from =
  <Facts>(schema: z.ZodType<Facts>, judge: (facts: Facts) => Verdict) =>
  (facts: Json): Verdict => {
    const read = schema.safeParse(facts);
    return read.success ? judge(read.data) : unknown("what it holds does not tell");
  };

/** Good where none of the claims that would be bad news is true. */
const unless = (...claims: readonly (readonly [boolean, string])[]): Verdict => {
  const wrong = claims.filter(([isTrue]) => isTrue).map(([, because]) => because);
  return wrong.length === 0 ? GOOD : bad(wrong.join(", "));
};

const number = z.number().int().nonnegative();
const revision = z.string().min(1);
const outcome = z.enum(["pass", "fail", "unknown"]);
const ofOutcome = (said: z.output<typeof outcome>, failed: string): Verdict =>
  said === "pass" ? GOOD : said === "fail" ? bad(failed) : unknown("it could not tell");

const JUDGES: Readonly<Record<EvidenceKind, (facts: Json) => Verdict>> = {
  "policy-snapshot": from(z.object({ revision, byOnePerson: number }), ({ byOnePerson }) =>
    unless([byOnePerson > 0, `${byOnePerson} changes without a second person`]),
  ),
  "policy-bundle": from(z.object({ revision, policy: revision, tests: number }), (facts) =>
    unless(
      [!facts.revision.startsWith(`${facts.policy}#`), "it is of another policy than the one in force"],
      [facts.tests === 0, "it has no tests"],
    ),
  ),
  "simulation-report": from(z.object({ verdict: z.enum(["nowhere looser", "looser"]), asked: number }), (facts) =>
    facts.asked === 0 ? unknown("no question was asked") : unless([facts.verdict === "looser", "policy is looser"]),
  ),
  sbom: from(z.object({ components: number }), ({ components }) => unless([components === 0, "it names no component"])),
  provenance: from(z.object({ isOfRelease: z.boolean(), uncommittedChanges: z.boolean() }), (facts) =>
    unless(
      [!facts.isOfRelease, "it is of another release"],
      [facts.uncommittedChanges, "the build held changes that no commit has"],
    ),
  ),
  "test-results": from(z.object({ result: z.enum(["PASSED", "WARNED", "FAILED"]), failed: number }), (facts) =>
    unless([facts.result === "FAILED" || facts.failed > 0, `tests failed (${facts.failed})`]),
  ),
  "slo-capture": from(z.object({ objectives: number, behind: number }), ({ objectives, behind }) =>
    unless([objectives === 0, "nothing is measured"], [behind > 0, `${behind} objectives are not counted any more`]),
  ),
  "incident-report": from(
    z.union([
      z.object({ closed: number }),
      z.object({ severity: z.string(), acknowledgedAt: z.string().nullable(), entries: number }),
    ]),
    (facts) =>
      // All incidents of a month: each has a report of its own.
      "closed" in facts
        ? GOOD
        : unless(
            [facts.entries === 0, "it has no timeline"],
            [facts.acknowledgedAt === null && ["sev1", "sev2"].includes(facts.severity), "nobody took it on"],
          ),
  ),
  "drill-report": from(
    z.object({ grade: z.enum(["passed", "failed"]), missed: z.array(z.string()) }),
    ({ grade, missed }) =>
      unless([
        grade === "failed" || missed.length > 0,
        missed.length === 0 ? "the drill failed" : `the drill missed ${missed.join(" and ")}`,
      ]),
  ),
  "access-review": from(z.object({ undecided: number, isLate: z.boolean() }), ({ undecided, isLate }) =>
    unless([undecided > 0, `${undecided} were left undecided`], [isLate, "closed after its day"]),
  ),
  "change-sample": from(z.object({ withoutOtherReviewer: number }), ({ withoutOtherReviewer }) =>
    unless([withoutOtherReviewer > 0, `${withoutOtherReviewer} changes without another reviewer`]),
  ),
  "backup-drill": from(z.object({ outcome }), (facts) => ofOutcome(facts.outcome, "the rehearsal failed")),
  "receipt-range": from(
    z.object({ receipts: number, first: number, last: number, heads: number }),
    ({ receipts, first, last, heads }) => {
      const gap = last - first + 1 - receipts;
      return heads === 0 && gap === 0
        ? unknown("no head was signed in its time")
        : unless([gap !== 0, "receipts are not in one row"]);
    },
  ),
  "drift-report": from(z.object({ open: number, isFailed: z.boolean() }), ({ open, isFailed }) =>
    open === 0 && isFailed ? unknown("the last comparison failed") : unless([open > 0, `${open} differences are open`]),
  ),
  "control-probes": from(z.object({ fail: number, unknown: number }), (facts) =>
    facts.fail === 0 && facts.unknown > 0
      ? unknown(`${facts.unknown} probes could not tell`)
      : unless([facts.fail > 0, `${facts.fail} probes found a fault`]),
  ),
  "audit-report": from(z.object({ verdict: outcome }), ({ verdict }) => ofOutcome(verdict, "the audit failed")),
};

/** What a piece of evidence says by its facts. Facts that lack what is asked say neither. */
export const verdictOn = (kind: EvidenceKind, facts: Json): Verdict => JUDGES[kind](facts);

/** Kinds of which each item is about a thing of its own, so that a later good one does not make up for a bad one. */
export const EACH_COUNTS: readonly EvidenceKind[] = ["incident-report"];
