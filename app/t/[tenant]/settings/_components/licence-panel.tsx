import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { Facts, Panel } from "@/app/_shared/page";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { addOnTitle } from "@/policies/entitlements/features";

/** Days before its end from which a licence says so louder. */
const SOON_DAYS = 30;

const upTo = (most: number | null) => (most === null ? "no limit" : `at most ${most.toLocaleString("en-GB")}`);

/** What this deployment is licensed for, and how long; nothing where it has no licence, or the reader may not know. */
export async function LicencePanel({ tenant, zone }: { tenant: string; zone: string }) {
  const answer = await attempt((await tenantApi(tenant)).billing.licence({}));
  if (answer.denied !== null || answer.value === null) return null;
  const { id, title, holder, issuer, deployment, addOns, expiresAt, daysLeft, hasExpired, tenants } = answer.value;
  const { seatsPerTenant, concurrentRunsPerTenant } = answer.value;
  const left = `${daysLeft} ${daysLeft === 1 ? "day" : "days"} left`;
  return (
    <Panel title="Licence of this deployment">
      {hasExpired ? (
        <Notice tone="bad" title="The licence has expired">
          Everything is read-only for 30 days after its end. Put a new file in place, and start again.
        </Notice>
      ) : daysLeft <= SOON_DAYS ? (
        <Notice tone="wait" title={`The licence ends soon: ${left}`}>
          Ask {issuer} for the next one, put it in place of this file, and start again.
        </Notice>
      ) : null}
      <Facts
        rows={[
          ["Edition", title],
          ["Licence", id],
          ["Held by", holder],
          ["Issued by", issuer],
          ["For", deployment],
          [
            "Good until",
            <span key="until">
              <Moment at={expiresAt} zone={zone} /> ({left})
            </span>,
          ],
          ["Tenants", tenants.most === null ? `${tenants.there}, no limit` : `${tenants.there} of ${tenants.most}`],
          ["Seats of a tenant", upTo(seatsPerTenant)],
          ["Runs of a tenant at a time", upTo(concurrentRunsPerTenant)],
          ["Add-ons", addOns.length === 0 ? "None" : addOns.map(addOnTitle).join(", ")],
        ]}
      />
    </Panel>
  );
}
