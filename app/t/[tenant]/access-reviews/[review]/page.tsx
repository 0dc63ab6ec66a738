import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { IdText } from "@/app/_shared/id-text";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, Facts, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type SearchParams } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { roleWords } from "@/app/_shared/role-words";
import { SearchForm } from "@/app/_shared/search-form";
import { Status } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { ProgressBar } from "../_components/progress-bar";
import { CloseReview } from "./_components/close-review";
import { ItemsTable } from "./_components/items-table";
import { readReviewParams, reviewHref } from "./search-params";

interface Props {
  params: Promise<{ tenant: string; review: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: `Access review …${(await params).review.slice(-8)}` };
}

const scopeWords = ({ roles, withApiKeys }: { roles: readonly string[]; withApiKeys: boolean }) =>
  `${roles.length === 0 ? "all members" : `members who are ${roleWords(roles)}`}${withApiKeys ? ", and API keys" : ""}`;

export default async function AccessReviewPage({ params, searchParams }: Props) {
  const { tenant, review: reviewId } = await params;
  const { only, text, cursor } = readReviewParams(await searchParams);
  const api = await tenantApi(tenant);
  const [answer, items, zone] = await Promise.all([
    attempt(api.accessReviews.get({ reviewId })),
    attempt(api.accessReviews.items({ reviewId, only, text, cursor })),
    readerZone(),
  ]);
  if (answer.denied !== null) return <DeniedPage title="Access review" denial={answer.denied} />;
  if (items.denied !== null) return <DeniedPage title="Access review" denial={items.denied} />;
  const review = answer.value;
  const { rows, nextCursor } = items.value;
  const { undecided } = review.progress;
  const here = `/t/${tenant}/access-reviews/${reviewId}`;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title={
          <>
            {review.title} <Status status={review.status} />
          </>
        }
        about={<ProgressBar progress={review.progress} />}
      >
        {review.evidenceDigest === null ? null : (
          <>
            <ButtonLink href={`${here}/evidence`}>Evidence as JSON</ButtonLink>
            <ButtonLink href={`${here}/evidence?format=csv`}>Evidence as CSV</ButtonLink>
          </>
        )}
        {review.mayClose ? (
          <CloseReview reviewId={reviewId} undecided={undecided} repeatsMonths={review.repeatsMonths} />
        ) : null}
      </PageHead>
      {review.isOpen && review.whyNoReviewer !== null ? (
        <Notice tone="off" title="You decide about nothing here">
          {review.whyNoReviewer}
        </Notice>
      ) : null}
      <Panel>
        <Facts
          rows={[
            ["Looks at", scopeWords(review.scope)],
            ["Reviewers", review.reviewers.join(", ")],
            ["Due", <Moment key="due" at={review.dueAt} zone={zone} />],
            ["Opened by", review.openedByName],
            ["Opened", <Moment key="opened" at={review.openedAt} zone={zone} />],
            ...(review.closedAt === null
              ? []
              : [
                  ["Closed by", review.closedByName] as const,
                  ["Closed", <Moment key="closed" at={review.closedAt} zone={zone} />] as const,
                ]),
            ...(review.nextAt === null
              ? []
              : [["Next", <Moment key="next" at={review.nextAt} zone={zone} />] as const]),
            ...(review.evidenceDigest === null
              ? []
              : [["Evidence, as the receipt names it", <IdText key="digest" id={review.evidenceDigest} />] as const]),
          ]}
        />
      </Panel>
      <LinkTabs
        label="Reviewed access"
        tabs={[
          { name: `All (${review.progress.all})`, isHere: only === "all", href: reviewHref(tenant, reviewId, {}) },
          ...(review.isOpen
            ? [
                {
                  ...{ name: `Undecided (${undecided})`, isHere: only === "undecided" },
                  href: reviewHref(tenant, reviewId, { only: "undecided" }),
                },
              ]
            : []),
        ]}
      />
      {text === undefined && cursor === undefined && nextCursor === null ? null : (
        <SearchForm action={here} label="Search by name" text={text} keeps={{ only }} />
      )}
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty
            title={text === undefined ? "Nothing is undecided" : `Nobody here is called “${text}”`}
            action={<a href={reviewHref(tenant, reviewId, {})}>Show all</a>}
          >
            {text === undefined
              ? "All that is still there was decided about: the review can be closed."
              : "Search for a part of a name."}
          </Empty>
        ) : (
          <ItemsTable
            tenant={tenant}
            reviewId={reviewId}
            rows={rows}
            mayDecide={review.whyNoReviewer === null}
            zone={zone}
            {...pageLinks(cursor, nextCursor, (at) => reviewHref(tenant, reviewId, { only, text, cursor: at }))}
          />
        )}
      </Panel>
      <p>
        {review.previousId === null ? null : (
          <>
            <a href={`/t/${tenant}/access-reviews/${review.previousId}`}>The review before</a> ·{" "}
          </>
        )}
        {review.nextId === null ? null : (
          <>
            <a href={`/t/${tenant}/access-reviews/${review.nextId}`}>The review after</a> ·{" "}
          </>
        )}
        <a href={`/t/${tenant}/receipts?subject=${encodeURIComponent(`access_review:${reviewId}`)}`}>
          Receipts of this review
        </a>
      </p>
    </ApiProvider>
  );
}
