import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { hintOf } from "@/app/_shared/hints";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { hrefOf, pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { OpenReviewButton } from "./_components/open-review-button";
import { ReviewsTable } from "./_components/reviews-table";
import { readReviewsParams } from "./search-params";

export const metadata: Metadata = { title: "Access reviews" };

export default async function AccessReviewsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { cursor } = readReviewsParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const hint = hintOf(here, "access_review.open");
  const [answer, reviewers, zone, { closed }] = await Promise.all([
    attempt(api.accessReviews.list({ cursor })),
    hint.may ? attempt(api.accessReviews.reviewers({})) : null,
    readerZone(),
    featureOf(tenant, "access-reviews"),
  ]);
  const about = "Who still needs the access they have: looked at by people who are named, and kept as evidence.";
  if (answer.denied !== null) return <DeniedPage title="Access reviews" about={about} denial={answer.denied} />;
  const { rows, nextCursor } = answer.value;
  const able = reviewers === null || reviewers.denied !== null ? null : reviewers.value;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Access reviews" about={about}>
        {able === null || closed !== null ? null : <OpenReviewButton tenant={tenant} reviewers={able} />}
      </PageHead>
      <FeatureNotice tenant={tenant} feature="access-reviews">
        {rows.length === 0 ? null : "Reviews that are open can be decided and closed, and their evidence stays."}
      </FeatureNotice>
      <Panel isFlush>
        {rows.length === 0 && cursor === undefined ? (
          <Empty title="Nobody has looked at access here yet">
            People change their work and keep their rights, and keys outlive what they were made for. A review has
            somebody else say of each member and key whether it is still needed, takes what is not, and leaves a record
            that auditors ask for first. Once a quarter is usual.
          </Empty>
        ) : (
          <ReviewsTable
            tenant={tenant}
            rows={rows}
            zone={zone}
            {...pageLinks(cursor, nextCursor, (at) => hrefOf(`/t/${tenant}/access-reviews`, { cursor: at }))}
          />
        )}
      </Panel>
      {hint.may ? null : <p style={{ color: "var(--muted)" }}>Opening a review: {hint.why}</p>}
    </ApiProvider>
  );
}
