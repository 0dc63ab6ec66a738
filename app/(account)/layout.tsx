import type { ReactNode } from "react";
import { AccountBar } from "@/app/_shared/shell/account-bar";
import { ApiProvider } from "@/app/_trpc/client";
import classes from "./account.module.css";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      <AccountBar />
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </ApiProvider>
  );
}
