import { guideHref, ROOMS } from "@/server/guides/domain/document";
import type { Found, Piece } from "@/server/guides/domain/search";
import classes from "../../docs.module.css";

const Pieces = ({ pieces }: { pieces: readonly Piece[] }) =>
  pieces.map(({ text, isHit }, at) => (isHit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>));

/** What a search found, the best first. */
export function FoundList({ found, text }: { found: readonly Found[]; text: string }) {
  return (
    <section aria-label={`Pages about ${text}`}>
      <p className={classes.count} role="status">
        {found.length === 1 ? "1 page" : `${found.length} pages`}, the best first
      </p>
      <ol className={classes.found}>
        {found.map(({ slug, room, anchor, title, heading, excerpt }) => (
          <li key={slug}>
            <a href={guideHref(slug, anchor)}>
              <Pieces pieces={title} />
              {heading.length === 0 ? null : (
                <>
                  {" › "}
                  <Pieces pieces={heading} />
                </>
              )}
            </a>
            <span className={classes.where}>{ROOMS.find((each) => each.slug === room)?.name}</span>
            <p>
              <Pieces pieces={excerpt} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
