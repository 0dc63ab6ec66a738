"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { type KeyboardEvent, useState } from "react";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { DataTable } from "@/app/_shared/table/data-table";
import { RowButton } from "@/app/_shared/table/row-button";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { itemColumns } from "./item-columns";
import { isOpenTo, type ItemRow } from "./item-row";
import classes from "./items-table.module.css";

const RemoveDialog = dynamic(() => import("./remove-dialog").then((module) => module.RemoveDialog), { ssr: false });

/** As many as one call keeps. */
const KEPT_MOST = 50;

interface Props {
  tenant: string;
  reviewId: string;
  rows: ItemRow[];
  mayDecide: boolean;
  zone: string;
  nextHref: string | null;
  firstHref: string | null;
}

/** The buttons of a table's rows that keep something, in their order. */
const keepers = (table: Element) => [...table.querySelectorAll<HTMLElement>("[data-item] button:first-of-type")];

/** Whom a review looks at. Each is kept or removed; `k` and `r` do so for the row with the focus, arrows move between rows. */
export function ItemsTable({ tenant, reviewId, rows, mayDecide, zone, nextHref, firstHref }: Props) {
  const client = useTRPCClient();
  const [removing, setRemoving] = useState<ItemRow | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const keep = useAction(
    (items: ItemRow[]) =>
      client.accessReviews.keep.mutate({
        reviewId,
        items: items.map(({ id, accessHash }) => ({ itemId: id, accessHash: accessHash ?? "" })),
      }),
    { onDone: () => setChosen(new Set()), said: (items) => `${items.length} kept.` },
  );
  const open = mayDecide ? rows.filter(isOpenTo) : [];
  const selected = open.filter(({ id }) => chosen.has(id));

  const choose = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const id = event.target.closest("tr")?.querySelector<HTMLElement>("[data-item]")?.dataset.item;
    const item = open.find((one) => one.id === id);
    if (item === undefined) return;
    if (event.key === "k") keep.run([item]);
    else if (event.key === "r") setRemoving(item);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = keepers(event.currentTarget);
      const at = all.findIndex((button) => button.closest("[data-item]")?.getAttribute("data-item") === id);
      all[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div onKeyDown={press}>
      {open.length === 0 ? null : (
        <div className={classes.bar} data-some={selected.length > 0 || undefined}>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              setChosen(selected.length > 0 ? new Set() : new Set(open.slice(0, KEPT_MOST).map(({ id }) => id)))
            }
          >
            {selected.length > 0 ? "Select none" : `Select ${Math.min(open.length, KEPT_MOST)} undecided`}
          </Button>
          <Button
            size="compact-xs"
            disabled={selected.length === 0 || selected.length > KEPT_MOST}
            loading={keep.isBusy}
            onClick={() => keep.run(selected)}
          >
            Keep {selected.length} selected
          </Button>
          <span>In a row: k keeps, r removes, arrows move.</span>
        </div>
      )}
      {keep.refusal === null ? null : (
        <div className={classes.refused}>
          <RefusalNotice refusal={keep.refusal} />
        </div>
      )}
      <DataTable
        name="reviewed-access"
        label="Reviewed access"
        columns={itemColumns(tenant, zone)}
        rows={rows}
        rowId={(row) => row.id}
        nextHref={nextHref}
        firstHref={firstHref}
        {...(open.length === 0
          ? {}
          : {
              actions: (row: ItemRow) =>
                !isOpenTo(row) ? null : (
                  <span className={classes.acts} data-item={row.id}>
                    <input
                      type="checkbox"
                      aria-label={`Select ${row.snapshot.name}`}
                      checked={chosen.has(row.id)}
                      onChange={() => choose(row.id)}
                    />
                    <RowButton
                      label="Keep"
                      says={`Keep access of ${row.snapshot.name}`}
                      onClick={() => keep.run([row])}
                    />
                    <RowButton
                      label="Remove"
                      says={`Remove access of ${row.snapshot.name}`}
                      isDanger
                      onClick={() => setRemoving(row)}
                    />
                  </span>
                ),
            })}
      />
      {removing === null ? null : <RemoveDialog item={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}
