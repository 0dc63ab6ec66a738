import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  tenantName: string;
  inviterName: string;
  roles: readonly string[];
  url: string;
  /** ISO 8601. */
  expiresAt: string;
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

function Invitation({ tenantName, inviterName, roles, url, expiresAt }: Props) {
  const roleWords = roles.map((role) => role.replaceAll("_", " ")).join(", ");
  return (
    <Letter
      preview={`${inviterName} invites you to ${tenantName}.`}
      heading={`Join ${tenantName} on Conductor`}
      footnote="The invitation is for this address alone and works once. If you do not know who sent it, ignore this letter."
    >
      <Text style={{ fontSize: 14, lineHeight: "22px" }}>
        {inviterName} invites you to {tenantName} as {roleWords}.
      </Text>
      <Action label="Accept the invitation" url={url} />
      <Text style={{ fontSize: 14 }}>It expires on {day.format(new Date(expiresAt))} UTC.</Text>
    </Letter>
  );
}

/** The letter that invites someone into a tenant. */
export function writeInvitation(props: Props): Promise<WrittenLetter> {
  return written(`${props.inviterName} invites you to ${props.tenantName}`, <Invitation {...props} />);
}
