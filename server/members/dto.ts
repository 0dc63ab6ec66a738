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
  /** Of an auditor: when it ends. */
  auditorUntil: string | null;
}

export function memberDto(row: MemberRow, user: { name: string | null; email: string }): MemberDto {
  const { id, userId, roles, region, businessUnit, clearance, rolesChangedAt, createdAt, auditorUntil } = row;
  return {
    ...{ id, userId, name: user.name, email: user.email, roles, region, businessUnit, clearance },
    rolesChangedAt: rolesChangedAt.toISOString(),
    joinedAt: createdAt.toISOString(),
    auditorUntil: auditorUntil?.toISOString() ?? null,
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
  /** Of an auditor: what for, and when it ends. */
  engagement: string | null;
  auditorUntil: string | null;
}

export function invitationDto(row: InvitationRow, now: Date): InvitationDto {
  const { id, email, roles, region, businessUnit, clearance, createdAt, expiresAt, engagement, auditorUntil } = row;
  return {
    ...{ id, email, roles, region, businessUnit, clearance, state: invitationState(row, now) },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...{ engagement, auditorUntil: auditorUntil?.toISOString() ?? null },
  };
}
