import { Notice } from "@/app/_shared/notice";
import { rolesInSentence } from "@/app/_shared/role-words";
import { type Decision } from "@/policies/access/decide";
import { failureWord } from "@/policies/access/explain";
import { roleWord } from "@/policies/access/role-word";
import { RULES } from "@/policies/access/rules";

const ruleOf = (id: string) => RULES.find((rule) => rule.id === id);

function Rules({ ids }: { ids: readonly string[] }) {
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          {ruleOf(id)?.title ?? id}. {ruleOf(id)?.why}
        </li>
      ))}
    </ul>
  );
}

const changeWords = (change: NonNullable<Decision["counterfactual"]>) =>
  Object.entries(change)
    .map(([name, value]) => {
      const words = typeof value === "boolean" ? (value ? "yes" : "no") : value.map(roleWord).join(" or ");
      return `${name.replaceAll("_", " ")}: ${words}`;
    })
    .join("; ");

/** What a pack says to a question: the rules that say so, what stands in the way, what would turn it, and who could. */
export function Answer({ decision }: { decision: Decision }) {
  const { allow, matched, denied, failed, obligations, counterfactual, whoCould } = decision;
  const stages = obligations.flatMap((obligation) => obligation.stages);
  if (allow)
    return (
      <Notice tone="ok" title={stages.length === 0 ? "Yes." : "Yes, once others have agreed."}>
        {stages.length === 0 ? null : (
          <p>{stages.map(({ role, quorum }) => `${quorum} × ${roleWord(role)}`).join(", then ")}.</p>
        )}
        <Rules ids={matched} />
      </Notice>
    );
  return (
    <Notice tone="wait" title="No.">
      <p>{failed.map(failureWord).join("; ")}.</p>
      <Rules ids={denied} />
      {whoCould.length === 0 ? null : <p>Who could: {rolesInSentence(whoCould)}.</p>}
      {counterfactual === null ? null : <p>It would be a yes with {changeWords(counterfactual)}.</p>}
    </Notice>
  );
}
