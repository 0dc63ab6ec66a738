import type { Rule } from "../rule";
import { ROLES } from "../vocabulary";

export const tenantRules: readonly Rule[] = [
  {
    id: "tenant-read",
    title: "Every member sees the tenant, its members and its receipts",
    why: "An organisation that cannot see who may do what, and who did what, cannot check itself.",
    roles: ROLES,
    actions: ["tenant.read", "member.read", "receipt.read"],
    when: { atoms: { same_tenant: true } },
  },
  {
    id: "tenant-administer",
    title: "Administrators manage the tenant, its members and its API keys",
    why: "Granting rights is a duty of its own, apart from using them.",
    roles: ["tenant_admin", "conductor_admin"],
    actions: [
      "tenant.update",
      "member.invite",
      "member.update",
      "member.remove",
      "api_key.read",
      "api_key.create",
      "api_key.rotate",
      "api_key.revoke",
    ],
    when: { atoms: { same_tenant: true } },
  },
];
