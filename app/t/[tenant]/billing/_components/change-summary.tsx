import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts } from "@/app/_shared/page";
import { dollars } from "@/app/_shared/pricing/dollars";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import classes from "./change-summary.module.css";
import { type ChangePreview, countText, LIMIT_WORDS } from "./plan-words";

const list = (names: readonly string[]) => (names.length === 0 ? "Nothing" : names.join(", "));

function Warnings({ preview: { excessSeats, replacesOther } }: { preview: ChangePreview }) {
  return (
    <>
      {replacesOther ? (
        <Notice tone="wait" title="Another change was ordered before">
          This one takes its place: the last order counts.
        </Notice>
      ) : null}
      {excessSeats === 0 ? null : (
        <Notice tone="wait" title={`${countText(excessSeats)} members more than it has seats`}>
          They stay members. Nobody joins until there are seats again.
        </Notice>
      )}
    </>
  );
}

/** What a change costs and brings, as the seller reckoned it. */
export function ChangeSummary({ preview, zone }: { preview: ChangePreview; zone: string }) {
  const { takesEffect, effectiveAt, dueNowCents, creditCents, discountCents, taxCents, trialEnd } = preview;
  const when = <Moment key="when" at={effectiveAt} zone={zone} />;
  return (
    <div className={classes.summary}>
      <Warnings preview={preview} />
      <Facts
        rows={[
          ["Due now", dollars(dueNowCents)],
          ...(creditCents === 0 ? [] : [["Kept for the next invoices", dollars(creditCents)] as const]),
          ...(discountCents === 0 ? [] : [["Discount in it", dollars(discountCents)] as const]),
          ...(taxCents === 0 ? [] : [["Tax in it", dollars(taxCents)] as const]),
          [
            "A month from then",
            `${dollars(preview.monthCents.after)} (${dollars(preview.monthCents.before)} until then)`,
          ],
          ["In force", takesEffect === "now" ? "At once, when it is paid" : when],
          ...(trialEnd === null
            ? []
            : [["Trial goes on until", <Moment key="trial" at={trialEnd} zone={zone} />] as const]),
          ["Opens", list(preview.gained)],
          ["Closes", list(preview.lost)],
        ]}
      />
      {preview.limits.length === 0 ? null : (
        <LinesTable
          label="Limits"
          heads={["Now", "Then"]}
          lines={preview.limits.map(({ limit, before, after }) => ({
            name: LIMIT_WORDS[limit],
            cells: [countText(before), countText(after)],
          }))}
        />
      )}
      {preview.lines.length === 0 ? null : (
        <LinesTable
          label={dueNowCents > 0 || creditCents > 0 ? "On the invoice now" : "On the next invoice"}
          heads={["Amount"]}
          lines={preview.lines.map(({ what, cents }) => ({ name: what, cells: [dollars(cents)] }))}
        />
      )}
    </div>
  );
}
