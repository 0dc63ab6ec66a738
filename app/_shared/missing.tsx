import classes from "./page.module.css";
import { ButtonLink } from "./page";

/** The not-found state. The same words for what never was and for what belongs to somebody else. */
export function Missing({ what, href, back }: { what: string; href: string; back: string }) {
  return (
    <div className={classes.stop}>
      <h1>No such {what}</h1>
      <p>It does not exist, or it is not yours to see. Check the address, or the account you are signed in with.</p>
      <ButtonLink href={href}>{back}</ButtonLink>
    </div>
  );
}
