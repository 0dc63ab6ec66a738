"use client";

import classes from "@/app/_shared/page.module.css";
import { type CellValue, toCsv } from "./csv";
import { download } from "./download";

interface Props {
  /** Of the file, without its ending. */
  name: string;
  headers: readonly string[];
  rows: readonly (readonly CellValue[])[];
}

/** Gives what a page shows as a file of CSV: for pages whose tables are neither filtered nor sorted. */
export function CsvButton({ name, headers, rows }: Props) {
  return (
    <button type="button" className={classes.button} onClick={() => download(name, toCsv(headers, rows))}>
      Export CSV
    </button>
  );
}
