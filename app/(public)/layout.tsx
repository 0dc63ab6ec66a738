import type { ReactNode } from "react";
import { Brand } from "@/app/_shared/brand";
import { ButtonLink } from "@/app/_shared/page";
import classes from "@/app/_shared/pricing/pricing.module.css";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <a href="/" aria-label="Conductor, the start">
          <Brand />
        </a>
        <span className={classes.screenOnly}>
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        </span>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
