import { z } from "zod";
import { DATA_SENSITIVITIES, ROLES } from "@/policies/access/vocabulary";
import { emailSchema, idSchema, momentSchema, nameSchema, pageSchema, slugSchema } from "@/server/kernel/schemas";
import { INVITATION_STATUSES } from "./domain/invitation";

/** A region or business unit, as workflow definitions write them. */
const attributeWordSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "must start with a letter and hold only lower-case letters, digits and _ (63 at most)",
  );

const rolesSchema = z
  .array(z.enum(ROLES))
  .min(1, "must name at least one role")
  .max(ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, "must name each role once");

const attributes = {
  region: attributeWordSchema.optional(),
  businessUnit: attributeWordSchema.optional(),
  clearance: z.enum(DATA_SENSITIVITIES).optional(),
};

/** Attributes left out are the inviter's own region and business unit, and clearance `internal`. */
export const inviteMemberSchema = z.strictObject({ email: emailSchema, roles: rolesSchema, ...attributes });

/** What an auditor is let in for, such as `SOC 2 Type II, 2026`, and the moment from which on they are out again. */
const auditing = { engagement: nameSchema, until: momentSchema };

export const inviteAuditorSchema = z.strictObject({ email: emailSchema, ...auditing, ...attributes });
export const grantAuditorSchema = z.strictObject({ memberId: idSchema("member"), ...auditing });
export const extendAuditorSchema = z.strictObject({ memberId: idSchema("member"), until: momentSchema });

export const listAuditorsSchema = pageSchema.extend({ cursor: idSchema("member").optional() });

export const listAuditorViewsSchema = pageSchema.extend({
  cursor: idSchema("auditorView").optional(),
  /** Only what this auditor was shown. */
  memberId: idSchema("member").optional(),
  /** Only what this part of the API showed, such as `findings`. */
  room: z
    .string()
    .regex(/^[a-zA-Z]{1,40}$/, "must be one word")
    .optional(),
  /** From this moment on. */
  from: momentSchema.optional(),
  /** Up to this moment, which is left out. */
  to: momentSchema.optional(),
});

export const invitationSchema = z.strictObject({ invitationId: idSchema("invitation") });

/** What an invitation's link carries. */
export const invitationLinkSchema = z.strictObject({
  invitationId: idSchema("invitation"),
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be the token from the link"),
});

/** Only what is given changes. */
export const updateMemberSchema = z
  .strictObject({ memberId: idSchema("member"), roles: rolesSchema.optional(), ...attributes })
  .refine(
    (input) => Object.keys(input).length > 1,
    "must change at least one of roles, region, businessUnit, clearance",
  );

export const memberSchema = z.strictObject({ memberId: idSchema("member") });

export const leaveTenantSchema = z.strictObject({ slug: slugSchema });

/** `text` keeps members whose name or address holds it, in any case. */
export const listMembersSchema = pageSchema.extend({
  cursor: idSchema("member").optional(),
  text: nameSchema.optional(),
});

export const listInvitationsSchema = pageSchema.extend({
  cursor: idSchema("invitation").optional(),
  status: z.enum(INVITATION_STATUSES).optional(),
});
