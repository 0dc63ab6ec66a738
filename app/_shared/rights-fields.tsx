"use client";

import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useRegions } from "./regions";
import { roleWord } from "@/policies/access/role-word";
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
  field: (name: keyof Rights) => GetInputPropsReturnType;
  offered: readonly Role[];
}

/** Roles and attributes, the same for members, invitations and keys. */
export function RightsFields({ field, offered }: Props) {
  const region = field("region");
  const regions = useRegions(String(region.value));
  return (
    <>
      <Checkbox.Group label="Roles" {...field("roles")}>
        <div className={classes.roles}>
          {offered.map((role) => (
            <Checkbox key={role} size="sm" value={role} label={roleWord(role)} description={ROLE_WORDS[role]} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.row}>
        <NativeSelect label="Region" data={[...regions]} {...region} />
        <TextInput label="Business unit" {...field("businessUnit")} />
        <NativeSelect label="Clearance" data={[...DATA_SENSITIVITIES]} {...field("clearance")} />
      </div>
    </>
  );
}
