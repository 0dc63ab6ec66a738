import { readGuides } from "@/server/guides/read-guides";

/** What there is to read, for the command palette: addresses, titles and headings. */
export function GET(): Response {
  const titles = readGuides().map(({ slug, title, sections }) => ({
    ...{ slug, title, headings: sections.filter(({ anchor }) => anchor !== null).map(({ heading }) => heading) },
  }));
  return Response.json(titles, { headers: { "cache-control": "public, max-age=300" } });
}
