import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  tenantName: string;
  title: string;
  undecided: number;
  url: string;
  /** ISO 8601. */
  dueAt: string;
  /** Why it is sent: the review was opened, is due soon, or is overdue. */
  occasion: "opened" | "soon" | "overdue";
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

const HEADINGS = {
  opened: "You are asked to review access",
  soon: "A review of access is due soon",
  overdue: "A review of access is overdue",
} as const;

function ReviewAsked({ tenantName, title, undecided, url, dueAt, occasion }: Props) {
  return (
    <Letter
      preview={`${title}: ${undecided} undecided.`}
      heading={HEADINGS[occasion]}
      footnote="You get this as the review names you. The link asks you to sign in, and decides nothing by being opened."
    >
      <Text style={{ fontSize: 14, lineHeight: "22px" }}>
        At {tenantName}, somebody has to say who keeps their access. Undecided: {undecided}.
      </Text>
      <Text style={{ fontSize: 16, fontWeight: 600, lineHeight: "24px" }}>{title}</Text>
      <Action label="Review access" url={url} />
      <Text style={{ fontSize: 14 }}>
        {occasion === "overdue" ? "It was due on" : "It is due on"} {day.format(new Date(dueAt))} UTC.
      </Text>
    </Letter>
  );
}

/** The letter to a reviewer of access. */
export function writeReviewAsked(props: Props): Promise<WrittenLetter> {
  return written(`${HEADINGS[props.occasion]}: ${props.title}`, <ReviewAsked {...props} />);
}
