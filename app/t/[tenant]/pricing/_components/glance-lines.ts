import { dollars, percent } from "@/app/_shared/pricing/dollars";
import type { Line } from "@/app/_shared/pricing/lines-table";
import type { Month } from "./shown";

/** What moves the margin of a month most when it is a fifth less and a fifth more, after the price itself. */
function driverOf({ sensitivity }: Month): string {
  const [name, less, more] = sensitivity?.tornado.find(([driver]) => driver !== "list price (all)") ?? [];
  if (name === undefined || less === undefined || more === undefined) return "–";
  const signed = (points: number) => `${points > 0 ? "+" : ""}${points.toFixed(2)}`;
  return `${name}: ${signed(less)} / ${signed(more)} points`;
}

const GUARDRAIL_WORDS = { ok: "above its floor", blocked: "below its floor", upgrade_required: "over the plan's cap" };

export const glanceHeads = [
  ...["Weighted tasks", "List price", "Cost", "Gross profit", "Gross margin", "Margin is", "Moved most by"],
];

/** Months in one line each: price, cost, what is left, and what moves it. The first is the one asked about. */
export const glanceLines = (months: readonly Month[], names: readonly string[]): Line[] =>
  months.map((month, nth) => {
    const { quote } = month;
    const figures =
      "gp" in quote
        ? [dollars(quote.list), dollars(quote.total), dollars(quote.gp), percent(quote.gmBp)]
        : ["–", "–", "–", "–"];
    return {
      ...{ name: names[nth] ?? "", isSum: nth === 0 },
      cells: [quote.wu.toLocaleString("en-GB"), ...figures, GUARDRAIL_WORDS[quote.guardrail], driverOf(month)],
    };
  });
