import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Notice } from "@/app/_shared/notice";
import { PageHead } from "@/app/_shared/page";
import { SearchForm } from "@/app/_shared/search-form";
import { guideHref, ROOMS } from "@/server/guides/domain/document";
import { isStale, REVIEWED_DAYS_MAX } from "@/server/guides/domain/review";
import { readGuides } from "@/server/guides/read-guides";
import { Blocks } from "../_components/blocks";
import { Contents, entriesOf } from "../_components/contents";
import { SearchKey } from "../_components/search-key";
import classes from "../../docs.module.css";

interface Props {
  params: Promise<{ page: string[] }>;
}

async function guideOf({ params }: Props) {
  const slug = (await params).page.join("/");
  return readGuides().find((guide) => guide.slug === slug) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await guideOf(props)).title };
}

export default async function GuidePage(props: Props) {
  const { title, room, review, blocks } = await guideOf(props);
  const entries = entriesOf(blocks);
  return (
    <>
      <div className={classes.way}>
        <a href={guideHref("", room)}>{ROOMS.find(({ slug }) => slug === room)?.name}</a>
        <SearchForm action="/docs" label="Search the guides" text={undefined} />
        <SearchKey />
      </div>
      <PageHead
        title={title}
        about={review === null ? undefined : `Owner: ${review.owner}. Last reviewed: ${review.reviewedOn}.`}
      />
      {review !== null && isStale(review, new Date()) ? (
        <Notice tone="wait" title="Its review is overdue">
          Nobody has read this page again for {REVIEWED_DAYS_MAX} days. Check what it says before you rely on it.
        </Notice>
      ) : null}
      <div className={classes.columns}>
        {entries.length > 1 ? <Contents entries={entries} /> : null}
        <article className={classes.text}>
          <Blocks blocks={blocks} />
        </article>
      </div>
    </>
  );
}
