import { costTerms } from "./cost-terms";
import { centsOf } from "./money";
import type { Model } from "./quote";
import type { UnitCosts } from "./unit-costs";
import { quantitiesOf, type Usage } from "./usage";

/** What a month's compute costs as capacity is assumed to be bought, and otherwise. Cents. */
export interface Capacity {
  assumed: number;
  allOnDemand: number;
  allReserved: number;
  reservedMilli: number;
}

/** How much of it is due to capacity that is reserved: as assumed, without any, and with nothing else. */
export function capacityOf(model: Model, usage: Usage): Capacity {
  const { wu } = quantitiesOf(usage);
  const cents = (reserved: bigint): number => {
    const costs: UnitCosts = { ...model.costs, reservedMilli: { ...model.costs.reservedMilli, value: reserved } };
    return costTerms(costs, model.planCosts[usage.plan], 0, usage)
      .filter(({ line }) => line === "compute")
      .reduce((sum, { nano, divisor }) => sum + centsOf(nano * wu, divisor), 0);
  };
  const reserved = model.costs.reservedMilli.value;
  return {
    assumed: cents(reserved),
    allOnDemand: cents(0n),
    allReserved: cents(1_000n),
    reservedMilli: Number(reserved),
  };
}
