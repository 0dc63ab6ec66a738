import { Text } from "@react-email/components";
import { Action } from "../_layout/action";
import { Letter } from "../_layout/letter";
import { written, type WrittenLetter } from "../_layout/written";

interface Props {
  url: string;
  /** How long the link works. */
  minutes: number;
}

function SignInLink({ url, minutes }: Props) {
  return (
    <Letter
      preview={`The link works once, for ${minutes} minutes.`}
      heading="Sign in to Conductor"
      footnote="You get this because someone asked to sign in with this address. If it was not you, ignore this letter: without the link nobody gets in."
    >
      <Action label="Sign in" url={url} />
      <Text style={{ fontSize: 14 }}>The link works once, for {minutes} minutes.</Text>
    </Letter>
  );
}

/** The letter with a person's sign-in link. */
export function writeSignInLink(props: Props): Promise<WrittenLetter> {
  return written("Your sign-in link", <SignInLink {...props} />);
}
