import type { Denial } from "./denial";
import { Notice } from "./notice";
import { PageHead } from "./page";

/** A page that its reader may not see: what it is, why not, and who could. */
export function DeniedPage({ title, about, denial }: { title: string; about?: string; denial: Denial }) {
  return (
    <>
      <PageHead title={title} about={about} />
      <Notice tone="bad" title="Not allowed">
        {denial.message}
      </Notice>
    </>
  );
}
