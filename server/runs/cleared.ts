import { DATA_SENSITIVITIES, type DataSensitivity, upTo } from "@/policies/access/vocabulary";
import type { Scope } from "@/server/verb";

/** The sensitivities that the caller's clearance reaches. */
export const clearedFor = ({ ctx }: Pick<Scope, "ctx">): DataSensitivity[] => [
  ...upTo(DATA_SENSITIVITIES, ctx.principal.clearance),
];
