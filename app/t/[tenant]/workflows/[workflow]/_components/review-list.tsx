import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import classes from "./review-list.module.css";

interface Review {
  reviewerId: string;
  verdict: string;
  comment: string;
  contentHash: string;
  createdAt: string;
}

interface Props {
  reviews: readonly Review[];
  people: Readonly<Record<string, string>>;
  currentHash: string;
  zone: string;
}

/** What reviewers said about the newest version; a word about an earlier text no longer counts, and says so. */
export function ReviewList({ reviews, people, currentHash, zone }: Props) {
  if (reviews.length === 0) return null;
  return (
    <Panel title="Reviews" isFlush>
      <ul className={classes.list}>
        {reviews.map(({ reviewerId, verdict, comment, contentHash, createdAt }) => (
          <li key={`${reviewerId} ${createdAt}`}>
            <div className={classes.head}>
              <strong>{people[reviewerId] ?? reviewerId}</strong> <Status status={verdict} />
              <Moment at={createdAt} zone={zone} />
              {contentHash === currentHash ? null : <em>about an earlier text; it no longer counts</em>}
            </div>
            {comment === "" ? null : <p>{comment}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
