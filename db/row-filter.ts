import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { RowAttribute, RowFilter } from "@/policies/compile/sql";

/** Where a table keeps what a filter asks for. All are NOT NULL. */
export type GovernedColumns = Readonly<Record<RowAttribute | "tenantId", AnyPgColumn>> & {
  contributors?: AnyPgColumn;
};

function condition(filter: RowFilter, columns: GovernedColumns): SQL | undefined {
  switch (filter.kind) {
    case "always":
      return undefined;
    case "never":
      return sql`false`;
    case "in":
      return inArray(columns[filter.attribute], [...filter.words]);
    case "among":
      if (columns.contributors === undefined) throw new Error("this table does not say who contributed");
      return sql`${filter.person} = any(${columns.contributors})`;
    case "not":
      // What is turned around is mostly a denial: where it is unknown whether it holds, it does, and the row is left out.
      return sql`not coalesce(${condition(filter.of, columns) ?? sql`true`}, true)`;
    case "all":
      return and(...filter.of.map((part) => condition(part, columns)));
    case "any":
      return or(...filter.of.map((part) => condition(part, columns) ?? sql`true`));
  }
}

/** A filter as a condition on a table, with the tenant's wall in it whatever it says. Throws Error for what it cannot ask. */
export function rowsWhere(tenantId: string, filter: RowFilter, columns: GovernedColumns): SQL {
  const wall = eq(columns.tenantId, tenantId);
  return and(wall, condition(filter, columns)) ?? wall;
}
