import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  tenantName: string;
  title: string;
  workflowName: string;
  url: string;
  /** ISO 8601. */
  dueAt: string;
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

function ApprovalAsked({ tenantName, title, workflowName, url, dueAt }: Props) {
  return (
    <Letter
      preview={`${workflowName} waits for your approval.`}
      heading="Your approval is asked for"
      footnote="The link is yours alone and works for one decision: it asks you to sign in, and decides nothing by being opened."
    >
      <Text style={{ fontSize: 14, lineHeight: "22px" }}>
        A run of {workflowName} at {tenantName} waits for your decision:
      </Text>
      <Text style={{ fontSize: 16, fontWeight: 600, lineHeight: "24px" }}>{title}</Text>
      <Action label="See what is asked" url={url} />
      <Text style={{ fontSize: 14 }}>It expires on {day.format(new Date(dueAt))} UTC.</Text>
    </Letter>
  );
}

/** The letter to somebody who may decide about a request for approval. */
export function writeApprovalAsked(props: Props): Promise<WrittenLetter> {
  return written(`${props.workflowName} waits for your approval`, <ApprovalAsked {...props} />);
}
