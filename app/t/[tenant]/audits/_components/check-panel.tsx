import { Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import type { CheckFound, CheckState } from "@/server/audits/domain/check";
import classes from "./audits.module.css";

interface Props {
  tenant: string;
  check: { title: string; about: string; state: CheckState; found: readonly CheckFound[] };
}

/** A check of an audit: what it holds to be true, and what it found of each control. */
export function CheckPanel({ tenant, check: { title, about, state, found } }: Props) {
  return (
    <Panel title={title} aside={<Status status={`probe-${state}`} />}>
      <p className={classes.about}>{about}</p>
      <ul className={classes.found}>
        {found.map(({ key, control, outcome, reason }) => (
          <li key={key}>
            <Status status={`probe-${outcome}`} />
            <div>
              <a href={`/t/${tenant}/compliance/${control.id}`}>{control.title}</a>
              <p className={classes.about}>{reason}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
