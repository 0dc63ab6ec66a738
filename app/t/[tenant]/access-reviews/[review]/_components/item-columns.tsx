import { Moment } from "@/app/_shared/moment";
import { roleWords } from "@/app/_shared/role-words";
import { momentColumn, statusColumn } from "@/app/_shared/table/columns";
import type { Column } from "@/app/_shared/table/data-table";
import type { Access } from "@/server/access-reviews/domain/access";
import { type ItemRow, standingOf } from "./item-row";
import classes from "./items-table.module.css";

/** Where an access holds, how far it reaches, and when it ends by itself, if it does. */
const reachWords = ({ region, businessUnit, clearance, expiresAt }: Access) =>
  [region, businessUnit, clearance, ...(expiresAt === null ? [] : [`until ${expiresAt.slice(0, 10)} (UTC)`])].join(
    " · ",
  );

const accessWords = (access: Access) => `${roleWords(access.roles)} · ${reachWords(access)}`;

const decisionWords = ({ removedRoles, decidedByName, comment }: ItemRow) =>
  [
    ...(removedRoles === null ? [] : [`took ${roleWords(removedRoles)}`]),
    ...(decidedByName === null ? [] : [`by ${decidedByName}`]),
    ...(comment === "" ? [] : [comment]),
  ].join(": ");

/** What a holder had at the opening, and what they have now where that is something else. */
function AccessCell({ row }: { row: ItemRow }) {
  const { access } = row.snapshot;
  return (
    <span>
      {roleWords(access.roles)}
      <span className={classes.quiet}>{reachWords(access)}</span>
      {row.isChanged && row.now !== null ? (
        <span className={`${classes.quiet} ${classes.changed}`}>Changed since. Now: {accessWords(row.now)}</span>
      ) : null}
    </span>
  );
}

/** Whom a review looks at, as a table shows them. */
export const itemColumns = (tenant: string, zone: string): Column<ItemRow>[] => [
  {
    id: "name",
    header: "Who",
    value: (row) => row.snapshot.name,
    cell: (row) => (
      <span>
        {row.snapshot.name}
        <span className={classes.quiet}>
          {row.kind === "api_key" ? "API key" : (row.snapshot.email ?? "")}
          {row.isOwn ? ", about you: others decide" : ""}
        </span>
      </span>
    ),
  },
  {
    id: "access",
    header: "Access at the opening",
    value: (row) => accessWords(row.snapshot.access),
    cell: (row) => <AccessCell row={row} />,
  },
  {
    id: "granted",
    header: "Granted by",
    value: (row) => row.snapshot.grant?.name ?? "–",
    cell: ({ snapshot: { grant } }) =>
      grant === null ? (
        <span title="No receipt tells: as of a tenant's first member">–</span>
      ) : (
        <span>
          <a href={`/t/${tenant}/receipts/${grant.receipt}`}>{grant.name}</a>
          <span className={classes.quiet}>
            <Moment at={grant.at} zone={zone} />
          </span>
        </span>
      ),
  },
  momentColumn("since", "Since", (row) => row.snapshot.since, zone),
  momentColumn("seen", "Last sign-in or use", (row) => row.snapshot.lastSeenAt, zone),
  statusColumn(standingOf),
  {
    id: "decision",
    header: "Decision",
    value: decisionWords,
    cell: (row) => (
      <span>
        {decisionWords(row)}
        {row.decidedAt === null ? null : (
          <span className={classes.quiet}>
            <Moment at={row.decidedAt} zone={zone} />
          </span>
        )}
      </span>
    ),
  },
];
