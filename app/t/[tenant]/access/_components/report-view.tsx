import { Moment } from "@/app/_shared/moment";
import { Empty, Panel } from "@/app/_shared/page";
import { rolesInSentence } from "@/app/_shared/role-words";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";

/** Roles that one person should not hold together, and access that nobody looked at for long. */
export async function ReportView({ tenant, zone }: { tenant: string; zone: string }) {
  const { toxic, toxicCount, unreviewed, unreviewedCount, holders } = await load(
    (await tenantApi(tenant)).access.report({}),
  );
  return (
    <>
      <Panel title={`Roles that should be apart (${toxicCount})`}>
        {toxic.length === 0 ? (
          <Empty title="Nobody holds such roles together">Of {holders} members and keys.</Empty>
        ) : (
          <ul>
            {toxic.map(({ id, name, pair, roles, why }) => (
              <li key={`${id} ${pair}`}>
                <strong>{name}</strong> is {rolesInSentence(roles)}. {why}
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={`Not reviewed for 90 days (${unreviewedCount})`}>
        {unreviewed.length === 0 ? (
          <Empty title="All access was reviewed in the last 90 days, or is newer">Nothing is to be done.</Empty>
        ) : (
          <>
            <p>
              <a href={`/t/${tenant}/access-reviews`}>Open a review of access</a>
            </p>
            <ul>
              {unreviewed.map(({ id, name, since, reviewedAt }) => (
                <li key={id}>
                  <strong>{name}</strong>, here since <Moment at={since} zone={zone} />, last reviewed:{" "}
                  {reviewedAt === null ? "never" : <Moment at={reviewedAt} zone={zone} />}
                </li>
              ))}
            </ul>
          </>
        )}
      </Panel>
    </>
  );
}
