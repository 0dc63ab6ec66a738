import { CATALOGUE, catalogueHash } from "@/policies/entitlements/catalogue";
import { ADD_ONS, FEATURES, type Feature, hasFeature, skusThatOpen } from "@/policies/entitlements/features";
import { GATES } from "@/policies/entitlements/gates";
import type { Sku, Subscription } from "@/policies/entitlements/schema";

const { skus } = CATALOGUE;
const subscriptions = skus.flatMap(({ price, ...sku }) => (price.kind === "subscription" ? [{ ...sku, price }] : []));

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]) => [
  ...[row(heads), row(heads.map(() => "---")), ...rows.map(row), ""],
];
const count = (number: number | null) => (number === null ? "no limit" : number.toLocaleString("en-US"));
const dollars = (cents: number) =>
  `$${(cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const HEADS = skus.map(({ title }) => title);

function featureCell(sku: Sku, feature: Feature): string {
  if (hasFeature(sku.id, [], feature)) return "yes";
  const { addOns } = skusThatOpen(feature);
  if (sku.price.kind !== "subscription" || addOns.length === 0) return "–";
  return `add-on ${addOns.join(", ")}`;
}

function usageWords({ usage: { tiers } }: Subscription): string {
  return tiers
    .filter(({ centsPerWu }) => centsPerWu !== "0")
    .map(({ upToWu, centsPerWu }, nth) => {
      const rate = dollars(Number(centsPerWu) * 1_000);
      return upToWu === null ? `${rate}${nth === 0 ? "" : " beyond"}` : `${rate} to ${count(upToWu)}`;
    })
    .join(", ");
}

const LIMITS: readonly (readonly [string, (sku: Sku) => number | null])[] = [
  ["Seats included", ({ limits }) => limits.seatsIncluded],
  ["Runs a month", ({ limits }) => limits.runsPerMonth],
  ["Runs at a time", ({ limits }) => limits.concurrentRuns],
  ["Weighted tasks included, a month", ({ limits }) => limits.wuIncluded],
  ["Weighted tasks at most, a month", ({ limits }) => limits.wuCap],
  ["Months that evidence is kept", ({ limits }) => limits.retentionMonths],
];

function licenceLines(): string[] {
  return skus.flatMap(({ title, price }) => {
    if (price.kind === "licence")
      return [
        `- **${title}**: the larger of ${dollars(price.commitCents)} and ${dollars(price.perTenantCents)} per tenant, a year; and support: ` +
          `${Object.entries(price.support)
            .map(([level, cents]) => `${level} ${dollars(cents)}`)
            .join(", ")} a year.`,
      ];
    if (price.kind === "chargeback")
      return [`- **${title}**: what the use of a month costs, and ${price.markupMilli / 10} % on top.`];
    return [];
  });
}

const addOnCell = (price: { cents: number } | null) => (price === null ? "included" : dollars(price.cents));

/** Where a feature is asked about, and what of it nobody has to pay for. */
function gateLines([feature, { title }]: [Feature, (typeof FEATURES)[Feature]]): string[] {
  const gate = GATES[feature];
  if (gate.state === "always") return [`- **${title}** is every tenant's, paid or not. ${gate.why}`];
  if (gate.state === "unbuilt") return [`- **${title}** is not in this release yet. ${gate.why}`];
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  const places = [
    ...(gate.procedures.length === 0 ? [] : [`the procedures ${code(gate.procedures)}`]),
    ...(gate.jobs.length === 0 ? [] : [`the jobs ${code(gate.jobs)}`]),
    ...(gate.commands.length === 0 ? [] : [`the commands ${code(gate.commands)}`]),
    ...gate.doors,
  ];
  return [
    `- **${title}** is asked about by ${places.join("; ")}. Open without it:`,
    ...gate.free.map(({ what, why }) => `  - ${what}. ${why}`),
  ];
}

/** Everything that is sold, from the catalogue: features, limits, prices, for whom, and example terms. */
export function skuTable(): string {
  const names = Object.entries(FEATURES) as [Feature, (typeof FEATURES)[Feature]][];
  return [
    "# SKUs",
    "",
    `Generated from version ${CATALOGUE.version} of the catalogue in \`policies/entitlements\`, a draft until two people have signed its content,`,
    `\`${catalogueHash(CATALOGUE)}\`. Prices are in US dollars, before tax. How they are meant: [pricing](../guides/pricing.md).`,
    "",
    "## For whom",
    "",
    ...skus.flatMap(({ title, profile, terms }) => [
      ...[`**${title}.** ${profile}`, ""],
      ...[...terms.map((term) => `- ${term}`), ""],
    ]),
    "## Features",
    "",
    ...table(
      ["Feature", ...HEADS],
      names.map(([feature, { title }]) => [title, ...skus.map((sku) => featureCell(sku, feature))]),
    ),
    ...names.map(([feature, { title, what }]) => `- **${title}** (\`${feature}\`): ${what}`),
    "",
    "## Where it is asked",
    "",
    "What a tenant does not have is refused as NotEntitled (402), with what opens it at which price. Nothing is deleted.",
    "",
    ...names.flatMap(gateLines),
    "",
    "## Limits",
    "",
    ...table(
      ["Limit", ...HEADS],
      LIMITS.map(([what, of]) => [what, ...skus.map((sku) => count(of(sku)))]),
    ),
    `With the compliance add-on evidence is kept for ${CATALOGUE.complianceRetentionMonths} months.`,
    "",
    "## Prices",
    "",
    ...table(
      ["A month", ...subscriptions.map(({ title }) => title)],
      [
        ["Base", ...subscriptions.map(({ price }) => dollars(price.base.cents))],
        ["Each further seat", ...subscriptions.map(({ price }) => dollars(price.seat.cents))],
        ["1,000 further weighted tasks", ...subscriptions.map(({ price }) => usageWords(price))],
        ...(["incident", "compliance"] as const).map((name) => [
          ...[
            `Add-on: ${ADD_ONS[name].title.toLowerCase()}`,
            ...subscriptions.map(({ price }) => addOnCell(price.addOns[name])),
          ],
        ]),
        ["Stripe lookup keys", ...subscriptions.map(({ price }) => `\`${price.base.lookupKey}\` and so on`)],
      ],
    ),
    ...licenceLines(),
    "",
  ].join("\n");
}
