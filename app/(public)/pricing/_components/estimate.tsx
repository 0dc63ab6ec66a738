import { Notice } from "@/app/_shared/notice";
import { Panel } from "@/app/_shared/page";
import { dollars } from "@/app/_shared/pricing/dollars";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import classes from "@/app/_shared/pricing/pricing.module.css";
import type { AskedUsage } from "@/app/_shared/pricing/usage-params";
import { CsvButton } from "@/app/_shared/table/csv-button";
import { PRICE_BOOK } from "@/policies/entitlements/price-book";
import { billOf, totalOf } from "@/server/pricing/domain/list-price";
import { type OwnTco, ownTco } from "@/server/pricing/domain/own-tco";
import { quantitiesOf } from "@/server/pricing/domain/usage";

const BILL_WORDS = {
  ...{ base: "Base", seats: "Further seats", usage: "Further weighted tasks" },
  ...{ incident: "Incident automation", compliance: "Compliance" },
} as const;
const TCO_WORDS: Readonly<Record<keyof OwnTco, string>> = {
  ...{ net: "The list price", admin: "Your people who look after it", implementation: "Setting it up, over a year" },
  ...{ total: "In all, with Conductor", byHand: "The same work by hand", saved: "Saved a month" },
};

const line = (name: string, cents: number, isSum = false) => ({ name, cells: [dollars(cents)], isSum });

/** What the month comes to at list price, and what it costs the buyer in all. Of our own costs it knows nothing. */
export function Estimate({ asked: { usage, own } }: { asked: AskedUsage }) {
  const prices = PRICE_BOOK[usage.plan];
  const { tasks, wu } = quantitiesOf(usage);
  const count = `${tasks.toLocaleString("en-GB")} tasks a month, which weigh ${wu.toLocaleString("en-GB")} reference tasks.`;
  if (prices.wuCap !== null && wu > BigInt(prices.wuCap))
    return (
      <Notice tone="wait" title="This plan does not carry so much">
        {count} It ends at {prices.wuCap.toLocaleString("en-GB")}: choose the next larger plan.
      </Notice>
    );
  const bill = billOf(prices, usage);
  const [list, names] = [totalOf(bill), Object.keys(BILL_WORDS) as (keyof typeof BILL_WORDS)[]];
  const tco = ownTco(list, usage, own);
  const tcoNames = Object.keys(TCO_WORDS) as (keyof OwnTco)[];
  const rows = [
    ...names.map((name) => [BILL_WORDS[name], bill[name] / 100] as const),
    ...tcoNames.map((name) => [TCO_WORDS[name], tco[name] / 100] as const),
  ];
  return (
    <>
      <p>{count}</p>
      <div className={classes.two}>
        <Panel title="List price a month" isFlush>
          <LinesTable
            label="Price"
            heads={["US dollars"]}
            lines={[...names.map((name) => line(BILL_WORDS[name], bill[name])), line("List price", list, true)]}
          />
        </Panel>
        <Panel title="Your own cost a month" isFlush>
          <LinesTable
            label="Total cost of ownership"
            heads={["US dollars"]}
            lines={tcoNames.map((name) => line(TCO_WORDS[name], tco[name], name === "total" || name === "saved"))}
          />
        </Panel>
      </div>
      <p className={classes.small}>
        Before tax. Assumed: {own.adminMinutesPerSeat} minutes a month for each seat, {dollars(own.implementationCents)}{" "}
        once to set it up, paid off over {own.amortMonths} months. An estimate, no offer.
      </p>
      <div className={classes.screenOnly}>
        <CsvButton name="conductor-price" headers={["What", "US dollars a month"]} rows={rows} />
      </div>
    </>
  );
}
