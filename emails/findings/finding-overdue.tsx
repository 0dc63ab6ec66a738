import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  tenantName: string;
  /** Such as `F-12`. */
  ticket: string;
  title: string;
  severity: string;
  dueAt: Date;
  url: string;
}

function FindingOverdue({ tenantName, ticket, title, severity, dueAt, url }: Props) {
  return (
    <Letter
      preview={`${ticket}: ${title}`}
      heading="A finding is overdue"
      footnote="You get this letter as its owner or as an administrator. It stops once the finding is closed, or accepted with a reason."
    >
      <Text style={{ fontSize: 14, lineHeight: "22px" }}>
        {`At ${tenantName} this was due on ${dueAt.toISOString().slice(0, 10)}, and weighs ${severity}:`}
      </Text>
      <Text style={{ fontSize: 16, fontWeight: 600, lineHeight: "24px" }}>{`${ticket}: ${title}`}</Text>
      <Text style={{ fontSize: 14 }}>
        It closes once somebody else than its owner has it tested, and the test passes.
      </Text>
      <Action label="See the finding" url={url} />
    </Letter>
  );
}

/** The letter about a finding that is overdue. */
export function writeFindingOverdue(props: Props): Promise<WrittenLetter> {
  return written(`${props.tenantName}: ${props.ticket} is overdue`, <FindingOverdue {...props} />);
}
