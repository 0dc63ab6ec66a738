import { rowsWhere, type GovernedColumns } from "@/db/row-filter";
import type { Action, DataSensitivity } from "@/policies/access/vocabulary";
import { rowFilter, sensitivitiesWithin } from "@/policies/compile/sql";
import type { Scope } from "./define";
import { policiesOf } from "./policies";

type Asking = Pick<Scope, "ctx">;

/**
 * The sensitivities at which the tenant's policy lets the caller do something, for statements that take them as a list.
 * Throws Error where the policy hangs on more than that.
 */
export const clearedFor = ({ ctx }: Asking, action: Action): DataSensitivity[] =>
  sensitivitiesWithin(policiesOf(ctx.tenant), ctx.principal, action);

/** The rows of the caller's tenant with which the tenant's policy lets the caller do something, as a condition. */
export const allowedRows = ({ ctx }: Asking, action: Action, columns: GovernedColumns) =>
  rowsWhere(ctx.tenantId, rowFilter(policiesOf(ctx.tenant), ctx.principal, action), columns);
