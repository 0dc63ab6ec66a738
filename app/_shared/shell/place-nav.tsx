"use client";

import { usePathname } from "next/navigation";
import classes from "./place-nav.module.css";
import { placeHref, PLACES } from "./places";

/** The way between the pages of a tenant: a column, or a strip that scrolls on a phone. */
export function PlaceNav({ tenant }: { tenant: string }) {
  const path = usePathname();
  return (
    <nav className={classes.nav} aria-label="Pages of this tenant">
      {PLACES.map(({ slug, name }) => {
        const href = placeHref(tenant, slug);
        const isHere = path === href || path.startsWith(`${href}/`);
        return (
          <a key={slug} href={href} className={classes.link} aria-current={isHere ? "page" : undefined}>
            {name}
          </a>
        );
      })}
    </nav>
  );
}
