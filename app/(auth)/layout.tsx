import type { ReactNode } from "react";
import { Brand } from "@/app/_shared/brand";
import classes from "./auth.module.css";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.brand}>
        <Brand />
      </header>
      <main id="content" tabIndex={-1} className={classes.card}>
        {children}
      </main>
    </div>
  );
}
