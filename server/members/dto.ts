import type { DataSensitivity, Role } from "@/policies/access/vocabulary";
import { type InvitationState, invitationState } from "./domain/invitation";
import type { InvitationRow, MemberRow } from "./load";

/** A member as pages show them; moments are ISO 8601. */
export interface MemberDto {
  id: string;
  userId: string;
  name: string | null;
  email: string;
  roles: Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
  rolesChangedAt: string;
  joinedAt: string;
}

export function memberDto(row: MemberRow, user: { name: string | null; email: string }): MemberDto {
  const { id, userId, roles, region, businessUnit, clearance, rolesChangedAt, createdAt } = row;
  return {
    ...{ id, userId, name: user.name, email: user.email, roles, region, businessUnit, clearance },
    rolesChangedAt: rolesChangedAt.toISOString(),
    joinedAt: createdAt.toISOString(),
  };
}

/** An invitation as pages show it; never its token. */
export interface InvitationDto {
  id: string;
  email: string;
  roles: Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
  state: InvitationState;
  createdAt: string;
  expiresAt: string;
}

export function invitationDto(row: InvitationRow, now: Date): InvitationDto {
  const { id, email, roles, region, businessUnit, clearance, createdAt, expiresAt } = row;
  return {
    ...{ id, email, roles, region, businessUnit, clearance, state: invitationState(row, now) },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
