import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { desiredOf, METER_KEYS } from "@/policies/entitlements/sold-objects";
import { must } from "@/server/kernel/errors";
import { isStripeRefusal, type StripeClient } from "@/server/platform/stripe";

/** What a customer used in an hour, in whole weighted tasks. */
export interface Use {
  /** The same use is told under the same name, however often. */
  identifier: string;
  customerId: string;
  at: Date;
  units: number;
}

/** What came of telling: counted, also where it was told before; or why it never will be. */
export type Told = { kind: "delivered" } | { kind: "late" | "refused"; note: string };

/** Where use is told and counted. The seller's meters now; another service could take their place. */
export interface UsageSink {
  /** Throws where nobody knows what came of it: told again under its name, it counts once within a day. */
  tell(use: Use): Promise<Told>;
  /** Units of a customer that are counted in a time, which begins and ends with a minute. Lags behind what was told. */
  counted(customerId: string, from: Date, until: Date): Promise<number>;
  /** Takes use back that was told less than a day ago. */
  takeBack(identifier: string): Promise<void>;
}

/** What the catalogue's metered prices count by. */
export const METER_EVENT = must(desiredOf(CATALOGUE).meters[0], "the catalogue sells by a meter").eventName;

const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);

/** The seller's meters. An identifier that it knows is refused with 400, which means that it has that use (measured). */
export function stripeUsageSink(stripe: StripeClient): UsageSink {
  return {
    async tell({ identifier, customerId, at, units }) {
      const payload = { [METER_KEYS.customer]: customerId, [METER_KEYS.value]: String(units) };
      try {
        await stripe.billing.meterEvents.create(
          { event_name: METER_EVENT, identifier, timestamp: seconds(at), payload },
          { idempotencyKey: identifier },
        );
        return { kind: "delivered" };
      } catch (error) {
        if (!isStripeRefusal(error)) throw error;
        if (error.message.includes("already exists with identifier")) return { kind: "delivered" };
        const isLate = error.code === "timestamp_too_far_in_past";
        return { kind: isLate ? "late" : "refused", note: error.code ?? error.message.slice(0, 200) };
      }
    },

    async counted(customer, from, until) {
      let sum = 0;
      // Also those that were archived: what they counted stays counted.
      for await (const { id, event_name: name } of stripe.billing.meters.list({ limit: 100 })) {
        if (name !== METER_EVENT) continue;
        const window = { customer, start_time: seconds(from), end_time: seconds(until) };
        for await (const { aggregated_value: value } of stripe.billing.meters.listEventSummaries(id, window))
          sum += value;
      }
      return sum;
    },

    async takeBack(identifier) {
      await stripe.billing.meterEventAdjustments.create(
        { event_name: METER_EVENT, type: "cancel", cancel: { identifier } },
        { idempotencyKey: `take-back:${identifier}` },
      );
    },
  };
}
