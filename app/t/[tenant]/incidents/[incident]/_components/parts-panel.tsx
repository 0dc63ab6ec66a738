"use client";

import { NativeSelect } from "@mantine/core";
import { Panel } from "@/app/_shared/page";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { INCIDENT_ROLES, type IncidentRole, ROLE_WORDS } from "@/server/incidents/domain/roles";
import classes from "./incident.module.css";

interface Props {
  incidentId: string;
  roles: readonly { role: IncidentRole; memberId: string | null; name: string }[];
  members: readonly { id: string; name: string }[];
  mayWork: boolean;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Who plays which part, and a choice of somebody else. */
export function PartsPanel({ incidentId, roles, members, mayWork }: Props) {
  const client = useTRPCClient();
  const assign = useAction(
    ({ role, memberId }: { role: IncidentRole; memberId: string }) =>
      client.incidents.assign.mutate({ incidentId, role, memberId: memberId === "" ? undefined : memberId }),
    { said: "Part given" },
  );
  return (
    <Panel title="Parts">
      <RefusalNotice refusal={assign.refusal} />
      <ul className={classes.list}>
        {INCIDENT_ROLES.map((role) => {
          const held = roles.find((each) => each.role === role);
          const isGone = held !== undefined && !members.some(({ id }) => id === held.memberId);
          return (
            <li key={role} className={classes.item}>
              <span>
                {capital(role)}
                <br />
                <span className={classes.about}>{ROLE_WORDS[role]}</span>
              </span>
              {mayWork ? (
                <NativeSelect
                  size="xs"
                  aria-label={capital(role)}
                  disabled={assign.isBusy}
                  value={isGone ? "gone" : (held?.memberId ?? "")}
                  data={[
                    { value: "", label: "Nobody yet" },
                    ...(isGone ? [{ value: "gone", label: held.name, disabled: true }] : []),
                    ...members.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                  onChange={(event) => assign.run({ role, memberId: event.currentTarget.value })}
                />
              ) : (
                <span>{held?.name ?? "Nobody yet"}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
