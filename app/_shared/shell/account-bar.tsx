import { load } from "@/app/_trpc/load";
import { reader } from "@/app/_trpc/server";
import { Brand } from "../brand";
import { AccountMenu } from "./account-menu";
import classes from "./bar.module.css";
import { SchemeToggle } from "./scheme-toggle";

/** The header of pages outside any tenant. */
export async function AccountBar() {
  const person = await load(reader());
  return (
    <header className={classes.bar}>
      <a href="/tenants" className={classes.brand} aria-label="Conductor, your tenants">
        <Brand />
      </a>
      <div className={classes.tools}>
        <SchemeToggle />
        {person === null ? <a href="/sign-in">Sign in</a> : <AccountMenu email={person.email} name={person.name} />}
      </div>
    </header>
  );
}
