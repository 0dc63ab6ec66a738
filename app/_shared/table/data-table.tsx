"use client";

import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useSearchParams } from "next/navigation";
import { type CSSProperties, type ReactNode, useEffect, useMemo, useState } from "react";
import { type CellValue, toCsv } from "./csv";
import classes from "./data-table.module.css";
import { download } from "./download";
import { readView, type TableView, writeView } from "./table-search";

export interface Column<Row> {
  id: string;
  header: string;
  /** What is filtered, sorted and exported. */
  value: (row: Row) => CellValue;
  /** What is shown; the value itself when absent. */
  cell?: (row: Row) => ReactNode;
  isNumeric?: boolean;
  /** True for what is filtered and exported, but has no room on the page, such as a full reference. */
  isHidden?: boolean;
}

interface Props<Row> {
  /** Names the table in the address and in the exported file. */
  name: string;
  /** What the table holds, for those who cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** Buttons of a row, in a column of their own that is neither sorted nor exported. */
  actions?: (row: Row) => ReactNode;
  /** The next page, when there is one. */
  nextHref?: string | null;
  /** The first page, when this is another. */
  firstHref?: string | null;
  /** Where all pages are exported as CSV, filtered as on the server; absent where the table holds all there is. */
  exportAction?: string;
}

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/** Headers as `--c1`, `--c2` … (to 16): on a phone a row is a card, and its cells take their labels from here. */
function cardLabels<Row>(columns: readonly Column<Row>[]): CSSProperties {
  // A header is plain text, which JSON writes as CSS does.
  return Object.fromEntries(columns.map(({ header }, index) => [`--c${index + 1}`, JSON.stringify(header)]));
}

/** The table every list of the product is: filtered, sorted, exported as CSV; its view is part of the address. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { name, label, columns, rows, rowId, actions, exportAction, nextHref = null, firstHref = null } = props;
  const params = useSearchParams();
  const [view, setView] = useState<TableView>(() =>
    readView(
      params,
      name,
      columns.map(({ id }) => id),
    ),
  );
  useEffect(() => {
    const search = writeView(window.location.search, name, view);
    if (search !== window.location.search)
      window.history.replaceState(null, "", `${window.location.pathname}${search}${window.location.hash}`);
  }, [name, view]);

  const definitions = useMemo(
    () =>
      columns.map(({ id, value }) => ({
        id,
        accessorFn: value,
        sortFn: "alphanumeric" as const,
        sortUndefined: "last" as const,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    globalFilterFn: "includesString",
    getColumnCanGlobalFilter: () => true,
    state: { globalFilter: view.filter, sorting: view.sort === null ? [] : [view.sort] },
  });
  const shown = table.getRowModel().rows.map((row) => row.original);
  const shownColumns = columns.filter(({ isHidden }) => isHidden !== true);

  const sortBy = (id: string) =>
    setView((before) => {
      if (before.sort?.id !== id) return { ...before, sort: { id, desc: false } };
      return { ...before, sort: before.sort.desc ? null : { id, desc: true } };
    });
  const exportCsv = () =>
    download(
      name,
      toCsv(
        columns.map(({ header }) => header),
        shown.map((row) => columns.map(({ value }) => value(row))),
      ),
    );

  return (
    <div>
      <div className={classes.tools}>
        <input
          type="search"
          className={classes.filter}
          aria-label={`Filter ${label}`}
          placeholder={nextHref === null && firstHref === null ? "Find in these rows" : "Find on this page"}
          value={view.filter}
          onChange={(event) => setView({ ...view, filter: event.currentTarget.value })}
        />
        <span className={classes.count} aria-live="polite">
          {shown.length === rows.length ? rows.length : `${shown.length} of ${rows.length}`}
          {nextHref === null && firstHref === null ? "" : " on this page"}
        </span>
        <span className={classes.exports}>
          <button type="button" className={classes.tool} onClick={exportCsv}>
            {exportAction === undefined ? "Export CSV" : "Export this page"}
          </button>
          {exportAction === undefined ? null : (
            <form method="post" action={exportAction}>
              <button type="submit" className={classes.tool}>
                Export all as CSV
              </button>
            </form>
          )}
        </span>
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
        <table className={classes.table} style={cardLabels(shownColumns)}>
          <thead>
            <tr>
              {shownColumns.map(({ id, header, isNumeric }) => {
                const sorted = view.sort?.id === id ? view.sort : null;
                const order = sorted === null ? undefined : sorted.desc ? "descending" : "ascending";
                return (
                  <th key={id} scope="col" aria-sort={order} data-numeric={isNumeric || undefined}>
                    <button type="button" className={classes.sort} onClick={() => sortBy(id)}>
                      {header}
                    </button>
                  </th>
                );
              })}
              {actions === undefined ? null : (
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowId(row)}>
                {shownColumns.map(({ id, value, cell, isNumeric }) => (
                  <td key={id} data-numeric={isNumeric || undefined}>
                    {cell === undefined ? value(row) : cell(row)}
                  </td>
                ))}
                {actions === undefined ? null : <td className={classes.actions}>{actions(row)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length > 0 ? null : rows.length === 0 ? (
          <p className={classes.none}>There is nothing here.</p>
        ) : (
          <p className={classes.none}>
            No row {nextHref === null && firstHref === null ? "" : "of this page "}matches “{view.filter}”.{" "}
            <button type="button" className={classes.clear} onClick={() => setView({ ...view, filter: "" })}>
              Show all {rows.length}
            </button>
          </p>
        )}
      </div>
      {nextHref === null && firstHref === null ? null : (
        <nav className={classes.pages} aria-label={`Pages of ${label}`}>
          {firstHref === null ? null : <a href={firstHref}>First page</a>}
          {nextHref === null ? null : <a href={nextHref}>Next page</a>}
        </nav>
      )}
    </div>
  );
}
