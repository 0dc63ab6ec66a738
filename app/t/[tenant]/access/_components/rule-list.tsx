import { RULES } from "@/policies/access/rules";

/** Rules by what they say and why; a rule that is not among them by its id. */
export function RuleList({ ids }: { ids: readonly string[] }) {
  return (
    <ul>
      {ids.map((id) => {
        const rule = RULES.find((one) => one.id === id);
        return <li key={id}>{rule === undefined ? id : `${rule.title}. ${rule.why}`}</li>;
      })}
    </ul>
  );
}

/** What an answer would need, in words. */
export const changeWords = (change: Readonly<Record<string, readonly string[] | boolean>>): string =>
  Object.entries(change)
    .map(([name, value]) => {
      const words = typeof value === "boolean" ? (value ? "yes" : "no") : value.join(" or ").replaceAll("_", " ");
      return `${name.replaceAll("_", " ")}: ${words}`;
    })
    .join("; ");
