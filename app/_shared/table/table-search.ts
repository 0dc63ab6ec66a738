/** How a table is looked at: part of the address, so that a reload and a shared link show the same. */
export interface TableView {
  filter: string;
  sort: { id: string; desc: boolean } | null;
}

interface Params {
  get(name: string): string | null;
}

const filterName = (table: string) => `${table}.q`;
const sortName = (table: string) => `${table}.sort`;

/** Reads a table's view out of the address; a column that does not exist sorts nothing. */
export function readView(params: Params, table: string, columns: readonly string[]): TableView {
  const sort = params.get(sortName(table)) ?? "";
  const desc = sort.startsWith("-");
  const id = desc ? sort.slice(1) : sort;
  const filter = (params.get(filterName(table)) ?? "").slice(0, 200);
  return { filter, sort: columns.includes(id) ? { id, desc } : null };
}

/** The same address with a table's view in it; what is as it always is, is left out. */
export function writeView(search: string, table: string, { filter, sort }: TableView): string {
  const params = new URLSearchParams(search);
  params.delete(filterName(table));
  params.delete(sortName(table));
  if (filter !== "") params.set(filterName(table), filter);
  if (sort !== null) params.set(sortName(table), `${sort.desc ? "-" : ""}${sort.id}`);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
