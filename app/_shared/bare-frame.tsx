import type { ReactNode } from "react";
import { Brand } from "./brand";
import classes from "./page.module.css";

/** The frame of a page whose own frame could not be drawn. */
export function BareFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.bare}>
      <header>
        <a href="/" aria-label="Conductor, the start">
          <Brand />
        </a>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
