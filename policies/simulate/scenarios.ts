import { parse } from "yaml";
import { z } from "zod";
import type { RegoTest } from "@/policies/compile/rego-tests";
import { DEFAULT_REGIONS } from "@/policies/access/vocabulary";
import { ask, askSchema, requestFor } from "./ask";

const word = z.string().min(1);

/** A file of what people expect of one pack. */
const suiteSchema = z.strictObject({
  profile: word,
  scenarios: z.array(
    z.strictObject({
      title: word,
      ask: askSchema,
      expect: z.strictObject({
        answer: z.enum(["yes", "no"]),
        /** Of an answer yes, one of the rules that allow it; of an answer no, one that denies it. */
        rule: word.optional(),
        /** Of an answer no: what stands in the way, all of it. */
        failed: z.array(word).optional(),
        /** Who has to agree first, stage by stage; nobody, when left out. */
        after: word.optional(),
      }),
    }),
  ),
});
export type Scenario = z.output<typeof suiteSchema>["scenarios"][number] & { profile: string };

/** Reads a file of scenarios; throws in words. */
export function readScenarios(text: string, file: string): Scenario[] {
  const parsed = suiteSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data.scenarios.map((scenario) => ({ ...scenario, profile: parsed.data.profile }));
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "is not valid"}`);
}

/** A scenario as a test for OPA. */
export const regoTestFrom = (
  { profile, title, ask: asked, expect }: Scenario,
  regions = DEFAULT_REGIONS,
): RegoTest => ({
  ...{ title, request: requestFor({ profile, ...asked }, regions), allow: expect.answer === "yes", rule: expect.rule },
});

/** Where the pack's answer is another than the expected one; null where it is the same. */
export function differenceOf({ profile, ask: asked, expect }: Scenario): string | null {
  const { allow, matched, denied, failed, obligations } = ask({ profile, ...asked });
  const answer = allow ? "yes" : "no";
  const rules = allow ? matched : denied;
  const after = obligations
    .flatMap(({ stages }) =>
      stages.map(({ role, quorum, expires_hours }) => `${quorum} × ${role} within ${expires_hours} h`),
    )
    .join(", ");
  const differing = [
    ...(answer === expect.answer ? [] : [`the answer is ${answer}`]),
    ...(expect.rule === undefined || rules.includes(expect.rule) ? [] : [`by ${rules.join(", ") || "no rule"}`]),
    ...(expect.failed === undefined || String([...expect.failed].sort()) === String([...failed].sort())
      ? []
      : [`what failed is ${failed.join(", ")}`]),
    ...(!allow || after === (expect.after ?? "") ? [] : [`after ${after || "nobody"}`]),
  ];
  return differing.length === 0 ? null : differing.join("; ");
}
