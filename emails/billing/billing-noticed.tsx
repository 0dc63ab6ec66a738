import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  tenantName: string;
  title: string;
  text: string;
  act: string;
  url: string;
}

function BillingNoticed({ tenantName, title, text, act, url }: Props) {
  return (
    <Letter
      preview={title}
      heading={title}
      footnote="You get this letter as an administrator of this tenant. Each thing is told once."
    >
      <Text style={{ fontSize: 14, lineHeight: "22px" }}>{`It is about the plan of ${tenantName}. ${text}`}</Text>
      <Action label={act} url={url} />
    </Letter>
  );
}

/** The letter to an administrator about a payment, a card, a trial or an end. */
export function writeBillingNoticed(props: Props): Promise<WrittenLetter> {
  return written(`${props.tenantName}: ${props.title}`, <BillingNoticed {...props} />);
}
