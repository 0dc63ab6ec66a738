import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  tenantName: string;
  title: string;
  /** How many were found at once, the named one included. */
  count: number;
  url: string;
}

const others = (count: number) => (count === 1 ? "" : ` ${count - 1} more ${count === 2 ? "differs" : "differ"}.`);

function DriftFound({ tenantName, title, count, url }: Props) {
  return (
    <Letter
      preview={title}
      heading="Something is not as it should be"
      footnote="You get this letter as an administrator. It is closed by itself once nothing differs any more."
    >
      <Text style={{ fontSize: 14, lineHeight: "22px" }}>At {tenantName} the last look found a difference:</Text>
      <Text style={{ fontSize: 16, fontWeight: 600, lineHeight: "24px" }}>{title}</Text>
      <Text
        style={{ fontSize: 14 }}
      >{`The page says what is expected, what was found, and how to undo it.${others(count)}`}</Text>
      <Action label="See what differs" url={url} />
    </Letter>
  );
}

/** The letter to an administrator about what was found to differ. */
export function writeDriftFound(props: Props): Promise<WrittenLetter> {
  return written(`${props.tenantName}: ${props.title}`, <DriftFound {...props} />);
}
