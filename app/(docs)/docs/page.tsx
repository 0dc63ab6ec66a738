import type { Metadata } from "next";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import type { SearchParams } from "@/app/_shared/page-params";
import { SearchForm } from "@/app/_shared/search-form";
import { guideHref, ROOMS } from "@/server/guides/domain/document";
import { findGuides, readGuides } from "@/server/guides/read-guides";
import { FoundList } from "./_components/found-list";
import { SearchKey } from "./_components/search-key";
import { readDocsParams } from "./search-params";
import classes from "../docs.module.css";

export const metadata: Metadata = { title: "Guides" };

function Rooms() {
  const guides = readGuides();
  return ROOMS.map(({ slug: room, name }) => (
    <div key={room} id={room} className={classes.room}>
      <Panel title={name}>
        <ul className={classes.titles}>
          {guides
            .filter((guide) => guide.room === room)
            .sort((one, other) => one.title.localeCompare(other.title, "en", { numeric: true }))
            .map(({ slug, title }) => (
              <li key={slug}>
                <a href={guideHref(slug)}>{title}</a>
              </li>
            ))}
        </ul>
      </Panel>
    </div>
  ));
}

export default async function DocsPage({ searchParams }: { searchParams: SearchParams }) {
  const { text } = readDocsParams(await searchParams);
  const found = text === undefined ? [] : findGuides(text);
  return (
    <>
      <PageHead
        title="Guides"
        about="What to do, for whoever administers, operates, sells or audits; a runbook for every alert; and what the product is made of."
      />
      <SearchForm action="/docs" label="Search the guides" text={text} />
      <SearchKey />
      {text === undefined ? (
        <Rooms />
      ) : found.length === 0 ? (
        <Empty title={`Nothing says “${text}”`} action={<a href="/docs">All guides</a>}>
          Every word has to be in one part of a page, from its beginning. Try fewer words, or another one.
        </Empty>
      ) : (
        <FoundList found={found} text={text} />
      )}
    </>
  );
}
