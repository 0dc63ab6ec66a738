"use client";

import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { DATA_SENSITIVITIES, type DataSensitivity, type Role } from "@/policies/access/vocabulary";
import classes from "./rights-fields.module.css";

/** What a person or a key may do and see. */
export interface Rights {
  roles: Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  conductor_admin: "manages members and keys, and runs the deployment in the operating tenant",
  tenant_admin: "owns the tenant: members, keys, settings",
  workflow_author: "writes workflows and submits them",
  workflow_reviewer: "approves and publishes what others wrote",
  operator: "starts, cancels and kills runs",
  read_only: "looks, and changes nothing",
};

interface Props {
  value: Rights;
  onChange: (value: Rights) => void;
  offered: readonly Role[];
  errors: Readonly<Record<string, string>>;
}

/** Roles and attributes, the same for members, invitations and keys. */
export function RightsFields({ value, onChange, offered, errors }: Props) {
  const set = (change: Partial<Rights>) => onChange({ ...value, ...change });
  return (
    <>
      <Checkbox.Group
        label="Roles"
        value={value.roles}
        error={errors.roles}
        onChange={(chosen) => set({ roles: offered.filter((role) => chosen.includes(role)) })}
      >
        <div className={classes.roles}>
          {offered.map((role) => (
            <Checkbox
              key={role}
              size="sm"
              value={role}
              label={role.replaceAll("_", " ")}
              description={ROLE_WORDS[role]}
            />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.row}>
        <TextInput
          label="Region"
          value={value.region}
          error={errors.region}
          onChange={(event) => set({ region: event.currentTarget.value })}
        />
        <TextInput
          label="Business unit"
          value={value.businessUnit}
          error={errors.businessUnit}
          onChange={(event) => set({ businessUnit: event.currentTarget.value })}
        />
        <NativeSelect
          label="Clearance"
          data={[...DATA_SENSITIVITIES]}
          value={value.clearance}
          error={errors.clearance}
          onChange={(event) => {
            const chosen = DATA_SENSITIVITIES.find((word) => word === event.currentTarget.value);
            if (chosen !== undefined) set({ clearance: chosen });
          }}
        />
      </div>
    </>
  );
}
