import { inUtc, inZone } from "./zone";

/** A moment in the reader's zone; UTC on hover. `at` is an ISO string. */
export function Moment({ at, zone }: { at: string | null; zone: string }) {
  if (at === null) return <span>–</span>;
  return (
    <time dateTime={at} title={inUtc(at)}>
      {inZone(at, zone)}
    </time>
  );
}
