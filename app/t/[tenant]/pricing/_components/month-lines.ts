import { dollars, percent } from "@/app/_shared/pricing/dollars";
import type { Line } from "@/app/_shared/pricing/lines-table";
import type { CellValue } from "@/app/_shared/table/csv";
import type { Month } from "./shown";

type Quoted = Extract<Month["quote"], { gp: number }>;
type Row = readonly [name: string, of: (quote: Quoted) => number, kind: "cents" | "share", isSum?: boolean];

const PRICE: readonly Row[] = [
  ["Base", ({ price }) => price.base, "cents"],
  ["Further seats", ({ price }) => price.seats, "cents"],
  ["Further weighted tasks", ({ price }) => price.usage, "cents"],
  ["Incident automation", ({ price }) => price.incident, "cents"],
  ["Compliance", ({ price }) => price.compliance, "cents"],
  ["List price", ({ list }) => list, "cents", true],
  ["Discount", ({ disc }) => disc, "cents"],
  ["Net price", ({ net }) => net, "cents", true],
];
/** The lines of cost in words, in the order they are shown. */
export const COST_WORDS = {
  ...{ compute: "Compute", db: "Database work", hot: "Database storage", evidence: "Evidence", notify: "Messages" },
  ...{ addons: "Add-ons", fixed: "Fixed", support: "Support", payment: "Payment" },
} as const satisfies Readonly<Record<keyof Quoted["cogs"], string>>;

const COST: readonly Row[] = [
  ...Object.entries(COST_WORDS).map(([line, name]): Row => [
    name,
    ({ cogs }) => cogs[line as keyof typeof COST_WORDS],
    "cents",
  ]),
  ["Cost", ({ total }) => total, "cents", true],
  ["Gross profit", ({ gp }) => gp, "cents", true],
  ["Gross margin", ({ gmBp }) => gmBp, "share", true],
  ["Discount at most", ({ maxDiscountBp }) => maxDiscountBp, "share"],
];
const ROWS = [...PRICE, ...COST];

const quotedOf = ({ quote }: Month): Quoted | null => ("gp" in quote ? quote : null);

/** Months beside each other, line by line; a dash for a month that its plan does not carry. */
export const monthLines = (months: readonly Month[]): Line[] =>
  ROWS.map(([name, of, kind, isSum = false]) => ({
    ...{ name, isSum },
    cells: months.map((month) => {
      const quote = quotedOf(month);
      if (quote === null) return "–";
      return kind === "cents" ? dollars(of(quote)) : percent(of(quote));
    }),
  }));

/** The same as numbers for a spreadsheet: dollars and percent. */
export const monthRows = (months: readonly Month[]): CellValue[][] =>
  ROWS.map(([name, of, kind]) => [
    kind === "share" ? `${name}, %` : name,
    ...months.map((month) => {
      const quote = quotedOf(month);
      return quote === null ? null : of(quote) / 100;
    }),
  ]);
