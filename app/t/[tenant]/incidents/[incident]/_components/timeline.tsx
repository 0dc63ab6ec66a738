import { Moment } from "@/app/_shared/moment";
import { statusWord } from "@/app/_shared/status";
import type { TimelineKind } from "@/server/incidents/domain/timeline";
import type { Json } from "@/server/kernel/json";
import { KIND_WORDS } from "../../_components/incident-words";
import classes from "./incident.module.css";

interface Entry {
  id: string;
  kind: TimelineKind;
  text: string;
  facts: Json;
  isPublic: boolean;
  actorName: string;
  at: string;
}

interface Props {
  tenant: string;
  rows: readonly Entry[];
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

const factOf = (facts: Json, name: string): string | null => {
  const value =
    typeof facts === "object" && facts !== null && !Array.isArray(facts) ? (facts as Record<string, Json>)[name] : null;
  return typeof value === "string" ? value : null;
};

/** Whether a task was said to be done, where an entry says that. */
function doneOf(facts: Json): string | null {
  const isDone = typeof facts === "object" && facts !== null && "isDone" in facts ? facts.isDone : undefined;
  if (isDone === undefined) return "new";
  return isDone === true ? "done" : "not done after all";
}

/** What changed, where the kind alone does not say it. */
function changeOf({ kind, facts }: Entry): string | null {
  const [from, to] = [factOf(facts, "from"), factOf(facts, "to")];
  if (from !== null && to !== null) return `${statusWord(from)} → ${statusWord(to)}`;
  if (kind === "task") return doneOf(facts);
  if (kind === "role") return factOf(facts, "role");
  return null;
}

/** What happened in an incident, latest first. */
export function Timeline({ tenant, rows, zone, nextHref, firstHref }: Props) {
  return (
    <>
      <ol className={classes.entries}>
        {rows.map((entry) => {
          const [change, runId] = [changeOf(entry), entry.kind === "link" ? factOf(entry.facts, "runId") : null];
          return (
            <li key={entry.id} className={classes.entry}>
              <div className={classes.head}>
                <span className={classes.kind}>{KIND_WORDS[entry.kind]}</span>
                {change === null ? null : <span>{change}</span>}
                <span>{entry.actorName}</span>
                <Moment at={entry.at} zone={zone} />
                {entry.isPublic ? <span>public</span> : null}
              </div>
              {entry.text === "" ? null : <p className={classes.text}>{entry.text}</p>}
              {runId === null ? null : (
                <p className={classes.text}>
                  <a href={`/t/${tenant}/runs/${runId}`}>The run</a>
                </p>
              )}
            </li>
          );
        })}
      </ol>
      {nextHref === null && firstHref === null ? null : (
        <nav className={classes.pages} aria-label="Pages of the timeline">
          {firstHref === null ? null : <a href={firstHref}>Latest</a>}
          {nextHref === null ? null : <a href={nextHref}>Earlier</a>}
        </nav>
      )}
    </>
  );
}
