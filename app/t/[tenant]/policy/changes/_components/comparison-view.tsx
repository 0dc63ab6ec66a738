import { Notice } from "@/app/_shared/notice";
import { roleWord } from "@/policies/access/role-word";
import { cubeWords } from "@/policies/compile/cube-words";
import type { Comparison } from "@/policies/simulate/compare";
import type { Cube } from "@/policies/simulate/cubes";
import classes from "./comparison-view.module.css";
import type { Affected, Replayed } from "./shown";

function Cubes({ title, sign, cubes }: { title: string; sign: "+" | "−"; cubes: readonly Cube[] }) {
  if (cubes.length === 0) return null;
  return (
    <table className={classes.cubes}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Does what</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody data-sign={sign}>
        {cubes.map((cube) => {
          const { who, what, where } = cubeWords(cube);
          return (
            <tr key={JSON.stringify(cube)}>
              <td>{who}</td>
              <td>
                <code>{what}</code>
              </td>
              <td>{where === "" ? "always" : where}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const stageWords = (stages: Comparison["chains"][number]["after"]) =>
  stages.length === 0
    ? "nobody"
    : stages
        .map(({ role, quorum, expires_hours }) => `${quorum} × ${roleWord(role)} within ${expires_hours} h`)
        .join(", then ");

function Chains({ chains }: { chains: Comparison["chains"] }) {
  if (chains.length === 0) return null;
  return (
    <table className={classes.cubes}>
      <caption>Chains of approval that ask otherwise</caption>
      <thead>
        <tr>
          <th scope="col">Before</th>
          <th scope="col">Asked now</th>
          <th scope="col">Asked then</th>
        </tr>
      </thead>
      <tbody>
        {chains.map(({ of, environment, riskProfile, before, after, isStricter }) => (
          <tr key={`${of} ${environment} ${riskProfile}`} data-sign={isStricter ? "−" : "+"}>
            <td>
              {of === "publish" ? "publishing" : "a run"} in {environment}, {riskProfile} risk
            </td>
            <td>{stageWords(before)}</td>
            <td>
              {stageWords(after)} {isStricter ? "(stricter)" : "(not as strict)"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** What became of the questions that were really asked here. */
function replayWords({ asked, wouldBeDenied, wouldBeAllowed, most }: Replayed): string {
  if (asked === 0) return "No decision is on record here that could be put to it.";
  if (wouldBeDenied + wouldBeAllowed === 0) return `The last ${asked} decisions on record would all be the same.`;
  const about = most.map(({ action, count }) => `${action} (${count})`).join(", ");
  return `Of the last ${asked} decisions on record, ${wouldBeDenied} that were allowed would be denied, and ${wouldBeAllowed} that were denied would be allowed: ${about}.`;
}

interface Shown {
  comparison: Comparison;
  affected: Affected;
  replayed: Replayed;
}

/** What another policy would answer otherwise: over every question there is, in as few lines as say it. */
export function ComparisonView({ comparison, affected, replayed }: Shown) {
  const { asked, newlyAllowed, newlyDenied, chains } = comparison;
  if (newlyAllowed.length + newlyDenied.length + chains.length === 0)
    return (
      <Notice tone="off" title="Nothing would be otherwise">
        All {asked.toLocaleString("en")} questions are answered as they are now.
      </Notice>
    );
  const people = counted(affected.people, "person", "people");
  const named = affected.names.length === 0 ? "" : ` (${affected.names.join(", ")})`;
  return (
    <>
      <p>
        Of {asked.toLocaleString("en")} questions, asked one by one. It touches {people} here{named}, and{" "}
        {counted(affected.openChains, "open request", "open requests")} for approval.
      </p>
      <p>{replayWords(replayed)}</p>
      <Cubes title="Newly allowed" sign="+" cubes={newlyAllowed} />
      <Cubes title="Newly denied" sign="−" cubes={newlyDenied} />
      <Chains chains={chains} />
    </>
  );
}
