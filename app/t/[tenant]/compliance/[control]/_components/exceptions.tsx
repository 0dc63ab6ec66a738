import { Moment } from "@/app/_shared/moment";
import { Status } from "@/app/_shared/status";
import type { ExceptionState } from "@/server/compliance/domain/exception";
import classes from "../../_components/compliance.module.css";
import { EndButton } from "./exception-buttons";

interface Exception {
  id: string;
  reason: string;
  by: string;
  recordedAt: string;
  expiresAt: string;
  endedAt: string | null;
  state: ExceptionState;
}

/** Every time that somebody accepted the gap, newest first. */
export function Exceptions({ rows, zone, mayEnd }: { rows: Exception[]; zone: string; mayEnd: boolean }) {
  return (
    <ul className={classes.list}>
      {rows.map(({ id, reason, by, recordedAt, expiresAt, endedAt, state }) => (
        <li key={id}>
          <Status status={`exception-${state}`} /> {reason}{" "}
          <span className={classes.about}>
            {by}, <Moment at={recordedAt} zone={zone} />, {state === "expired" ? "expired" : "until"}{" "}
            <Moment at={expiresAt} zone={zone} />
            {endedAt === null ? null : (
              <>
                , ended <Moment at={endedAt} zone={zone} />
              </>
            )}
          </span>{" "}
          {mayEnd && state === "in-force" ? <EndButton exceptionId={id} /> : null}
        </li>
      ))}
    </ul>
  );
}
