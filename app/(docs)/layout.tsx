import type { ReactNode } from "react";
import { Brand } from "@/app/_shared/brand";
import { ButtonLink } from "@/app/_shared/page";
import { SchemeToggle } from "@/app/_shared/shell/scheme-toggle";
import classes from "./docs.module.css";

/** Around the guides. It asks nobody who reads: they are what to read while the database is away. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <a href="/" aria-label="Conductor, the start">
          <Brand />
        </a>
        <nav className={classes.ways} aria-label="Guides">
          <SchemeToggle />
          <ButtonLink href="/docs">All guides</ButtonLink>
          <ButtonLink href="/">To the product</ButtonLink>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
