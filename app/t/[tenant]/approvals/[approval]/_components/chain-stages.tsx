import { Moment } from "@/app/_shared/moment";
import { Status } from "@/app/_shared/status";
import { roleWord } from "@/policies/access/role-word";
import classes from "./chain-stages.module.css";

interface Stage {
  role: string;
  quorum: number;
  expiresHours: number;
  votes: readonly { name: string; verdict: string; comment: string; at: string }[];
}

interface Props {
  stages: readonly Stage[];
  /** Place of the stage that is asked, or was when it ended. */
  stage: number;
  /** When that one expires; null once nobody is asked any more. */
  dueAt: string | null;
  zone: string;
}

function standing(place: number, stage: number, isOpen: boolean): string {
  if (place < stage) return "complete";
  if (place > stage) return isOpen ? "not asked yet" : "never asked";
  return isOpen ? "asked now" : "the last that was asked";
}

/** Who is asked, in order, and who said what. */
export function ChainStages({ stages, stage, dueAt, zone }: Props) {
  return (
    <ol className={classes.list}>
      {stages.map(({ role, quorum, expiresHours, votes }, place) => (
        <li key={place} aria-current={place === stage && dueAt !== null ? "step" : undefined}>
          <div className={classes.head}>
            <strong>
              Stage {place + 1}: {quorum} × {roleWord(role)}
            </strong>
            <span className={classes.quiet}>
              {votes.filter(({ verdict }) => verdict === "approved").length} of {quorum} approved,{" "}
              {standing(place, stage, dueAt !== null)}
            </span>
            <span className={classes.quiet}>
              {place === stage && dueAt !== null ? (
                <>
                  expires <Moment at={dueAt} zone={zone} />
                </>
              ) : (
                `${expiresHours} h to decide`
              )}
            </span>
          </div>
          {votes.length === 0 ? null : (
            <ul className={classes.votes}>
              {votes.map(({ name, verdict, comment, at }) => (
                <li key={`${name} ${at}`}>
                  <div className={classes.head}>
                    <strong>{name}</strong> <Status status={verdict} />
                    <span className={classes.quiet}>
                      <Moment at={at} zone={zone} />
                    </span>
                  </div>
                  {comment === "" ? null : <p>{comment}</p>}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
