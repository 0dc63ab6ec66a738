import { CircleUser } from "lucide-react";
import classes from "./bar.module.css";
import { SignOut } from "./sign-out";

/** Who is signed in, and what they can do about it. The browser's own popover: it opens before any script has run. */
export function AccountMenu({ email, name }: { email: string; name: string | null }) {
  return (
    <>
      <button type="button" className={classes.iconButton} popoverTarget="account-menu" aria-label="Account">
        <CircleUser size={18} aria-hidden="true" />
      </button>
      <div id="account-menu" popover="auto" className={classes.menu}>
        <div className={classes.menuHead}>
          {name === null ? null : <div>{name}</div>}
          <div>{email}</div>
        </div>
        <a className={classes.item} href="/account">
          Profile and sessions
        </a>
        <a className={classes.item} href="/tenants">
          All tenants
        </a>
        <a className={classes.item} href="/docs">
          Guides
        </a>
        <hr className={classes.rule} />
        <SignOut />
      </div>
    </>
  );
}
