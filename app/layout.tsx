import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { InvariantError } from "@/server/kernel/errors";
import { ReaderZone } from "./_shared/reader-zone";
import { SoftNavigation } from "./_shared/soft-navigation";
import { ThemeProvider } from "./_shared/theme-provider";
import "./_shared/mantine.css";
import "./_shared/theme-variables.css";
import "./_shared/global.css";

export const metadata: Metadata = {
  title: { default: "Maestro Conductor", template: "%s · Maestro Conductor" },
  description: "Run automation that you can defend to an auditor.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1317" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce");
  if (nonce === null) throw new InvariantError("a page was asked for past server/platform/request-start.ts");
  return (
    <html lang="en-GB" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to content
        </a>
        <ThemeProvider nonce={nonce}>
          <SoftNavigation />
          <ReaderZone />
          {children}
        </ThemeProvider>
      </body>
    </html>
  );
}
