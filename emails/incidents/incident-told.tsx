import { Heading, Link, Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Told {
  occasion: "opened" | "escalated" | "repeated" | "resolved";
  title: string;
  summary: string;
  severity: string;
  isDrill: boolean;
  alertCount: number;
  url: string;
  runbookUrl: string;
}

interface Props {
  tenantName: string;
  incidents: readonly Told[];
}

const WHY: Readonly<Record<Told["occasion"], string>> = {
  opened: "It is open, and nobody has taken it on yet.",
  escalated: "Those who were told before have not taken it on.",
  repeated: "Nobody has taken it on, and its alerts go on.",
  resolved: "It is resolved.",
};

const PLAIN = { fontSize: 14, lineHeight: "22px" };

const sentenceOf = ({ severity, isDrill, title }: Told) => `${isDrill ? "Drill: " : ""}${severity}: ${title}`;

function Part({ told }: { told: Told }) {
  const { occasion, summary, alertCount, url, runbookUrl } = told;
  return (
    <>
      <Heading as="h2" style={{ fontSize: 16, lineHeight: "24px" }}>
        {sentenceOf(told)}
      </Heading>
      {summary === "" ? null : <Text style={{ ...PLAIN, whiteSpace: "pre-wrap" }}>{summary}</Text>}
      <Text style={PLAIN}>
        {WHY[occasion]}
        {alertCount > 1 ? ` ${alertCount} alerts by now.` : ""}
      </Text>
      <Action label="Take it on" url={url} />
      <Text style={PLAIN}>
        What to do about it: <Link href={runbookUrl}>{runbookUrl}</Link>
      </Text>
    </>
  );
}

function IncidentTold({ tenantName, incidents }: Props) {
  const [first] = incidents;
  const heading =
    incidents.length === 1 ? `An incident at ${tenantName}` : `${incidents.length} incidents at ${tenantName}`;
  return (
    <Letter
      preview={first === undefined ? heading : sentenceOf(first)}
      heading={heading}
      footnote="You are on call, or those who are have not answered. Whoever takes it on is told no more, and neither are you."
    >
      {incidents.map((told) => (
        <Part key={`${told.url} ${told.occasion}`} told={told} />
      ))}
    </Letter>
  );
}

/** The letter to whoever is on call: one incident, or all that wait for them at once. */
export function writeIncidentTold(props: Props): Promise<WrittenLetter> {
  const [first] = props.incidents;
  const [more, isDrill] = [props.incidents.length - 1, props.incidents.every((told) => told.isDrill)];
  const what = first === undefined ? "An incident" : `${first.severity}: ${first.title}`;
  const subject = `${isDrill ? "[Drill] " : ""}${what}${more > 0 ? `, and ${more} more` : ""} (${props.tenantName})`;
  return written(subject, <IncidentTold {...props} />);
}
