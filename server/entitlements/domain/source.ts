/** Who sells plans to tenants, and so fills their rows. Licences and overrides are kept elsewhere. */
export const SOLD_BY = ["stripe"] as const;
export type SoldBy = (typeof SOLD_BY)[number];
