"use client";

import { money } from "@/app/_shared/pricing/dollars";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import { type Column, DataTable } from "@/app/_shared/table/data-table";
import type { Invoice } from "../../_components/plan-words";

interface Props {
  rows: Invoice[];
  zone: string;
  exportAction: string;
  nextHref: string | null;
  firstHref: string | null;
}

const amount = (id: string, header: string, cents: (row: Invoice) => number): Column<Invoice> => ({
  ...{ id, header, isNumeric: true },
  value: (row) => cents(row) / 100,
  cell: (row) => money(cents(row), row.currency),
});

function Links({ row: { number, page, pdf } }: { row: Invoice }) {
  const name = number ?? "draft";
  return (
    <>
      {page === null ? null : (
        <a href={page} aria-label={`Open invoice ${name}`}>
          Read or pay
        </a>
      )}{" "}
      {pdf === null ? null : (
        <a href={pdf} aria-label={`Invoice ${name} as PDF`}>
          PDF
        </a>
      )}
    </>
  );
}

/** A page of invoices, with the ways to each at the seller. */
export function InvoicesTable({ rows, zone, ...more }: Props) {
  const columns: Column<Invoice>[] = [
    { id: "number", header: "Number", value: ({ number }) => number ?? "Draft" },
    momentColumn("made", "Made", ({ madeAt }) => madeAt, zone),
    statusColumn(({ status }) => status),
    amount("total", "Total", ({ totalCents }) => totalCents),
    amount("due", "Still due", ({ dueCents, status }) => (status === "open" ? dueCents : 0)),
  ];
  return (
    <DataTable
      name="invoices"
      label="Invoices"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      actions={(row) => <Links row={row} />}
      {...more}
    />
  );
}
