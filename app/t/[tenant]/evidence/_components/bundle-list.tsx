import { CopyButton } from "@/app/_shared/copy-text";
import { Moment } from "@/app/_shared/moment";
import { Empty } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import { DeleteBundle } from "./delete-bundle";
import { sizeWords } from "./size-words";
import classes from "./evidence.module.css";

export interface BundleRow {
  id: string;
  tag: string;
  isDryRun: boolean;
  status: "requested" | "building" | "ready" | "failed";
  files: number;
  digest: string | null;
  bytes: number | null;
  completeness: string | null;
  missing: readonly { what: string; why: string }[];
  fault: string | null;
  requestedByName: string;
  from: string;
  to: string;
  requestedAt: string;
}

const statusOf = ({ status, completeness, isDryRun }: BundleRow) =>
  status !== "ready" ? `bundle-${status}` : isDryRun ? "bundle-dry-run" : `bundle-${completeness ?? "incomplete"}`;

const day = (at: string) => at.slice(0, 10);
const periodOf = ({ from, to }: BundleRow) => `${day(from)} to ${day(to)}`;

/** Bundles that were asked for, newest first, with what is missing in each and how it is checked. */
export function BundleList({ tenant, rows, zone, mayExport }: Props) {
  if (rows.length === 0)
    return (
      <Empty title="No bundle was built yet">
        A bundle is one sealed file of a period. Whoever gets it checks it on a laptop without a network, and follows
        from any control to the raw bytes.
      </Empty>
    );
  return (
    <ul className={classes.list}>
      {rows.map((bundle) => (
        <li key={bundle.id} className={classes.item}>
          <div className={classes.line}>
            <strong>{periodOf(bundle)}</strong>
            <Status status={statusOf(bundle)} />
            <span className={classes.about}>
              {bundle.tag}; asked for by {bundle.requestedByName}, <Moment at={bundle.requestedAt} zone={zone} />
            </span>
            {mayExport && (bundle.status === "ready" || bundle.status === "failed") ? (
              <DeleteBundle bundleId={bundle.id} period={periodOf(bundle)} />
            ) : null}
          </div>
          {bundle.status === "building" ? <p className={classes.about}>{bundle.files} files so far</p> : null}
          {bundle.fault === null ? null : <p className={classes.fault}>{bundle.fault}</p>}
          {bundle.digest === null ? null : (
            <p className={classes.line}>
              {mayExport ? (
                // A file is no page to go to: without `download` the app would take its address for where the reader is.
                <a href={`/t/${tenant}/evidence/bundles/${bundle.id}`} download>
                  Download
                </a>
              ) : null}
              <span className={classes.about}>
                {bundle.files} files, {sizeWords(bundle.bytes ?? 0)}, SHA-256 <code>{bundle.digest.slice(0, 12)}…</code>
              </span>
              <CopyButton text={bundle.digest} what="digest" />
            </p>
          )}
          {bundle.missing.length === 0 ? null : (
            <details>
              <summary>{bundle.missing.length} missing</summary>
              <ul className={classes.missing}>
                {bundle.missing.map(({ what, why }) => (
                  <li key={`${what} ${why}`}>
                    {what}: {why}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

interface Props {
  tenant: string;
  rows: readonly BundleRow[];
  zone: string;
  /** Whether the reader may download bundles and delete them. */
  mayExport: boolean;
}
