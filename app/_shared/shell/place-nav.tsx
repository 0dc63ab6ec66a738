"use client";

import { Lock } from "lucide-react";
import { usePathname } from "next/navigation";
import { Fragment, useLayoutEffect, useRef } from "react";
import classes from "./place-nav.module.css";
import { placeHref, PLACES } from "./places";

/** Brings a link of the strip to its middle, if any of it is out of sight. */
function show(link: HTMLElement, strip: HTMLElement): void {
  const [there, frame] = [link.getBoundingClientRect(), strip.getBoundingClientRect()];
  if (there.left >= frame.left && there.right <= frame.right) return;
  // Not `scrollIntoView`: it would move the page too.
  strip.scrollLeft += there.left + there.width / 2 - (frame.left + frame.width / 2);
}

interface Props {
  tenant: string;
  /** How much waits for the reader, by the page that shows it. */
  waiting: Readonly<Record<string, number>>;
  /** Pages about what the plan does not have: they are there, and say so. */
  locked: readonly string[];
}

/** The way between the pages of a tenant: a column, or a strip that scrolls on a phone. */
export function PlaceNav({ tenant, waiting, locked }: Props) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  const here = useRef<HTMLAnchorElement>(null);
  useLayoutEffect(() => {
    if (nav.current !== null && here.current !== null) show(here.current, nav.current);
  }, [path]);
  return (
    <nav ref={nav} className={classes.nav} aria-label="Pages of this tenant">
      {PLACES.map(({ slug, name, group }, at) => {
        const href = placeHref(tenant, slug);
        const count = waiting[slug] ?? 0;
        const isHere = path === href || path.startsWith(`${href}/`);
        return (
          <Fragment key={slug}>
            {PLACES[at - 1]?.group === group ? null : <span className={classes.group}>{group}</span>}
            <a
              ref={isHere ? here : undefined}
              href={href}
              className={classes.link}
              aria-current={isHere ? "page" : undefined}
            >
              {name}
              {locked.includes(slug) ? (
                <span className={classes.lock} title="Not part of this tenant's plan">
                  <Lock size={12} aria-hidden="true" />
                  <span className="visually-hidden">, not part of this tenant&apos;s plan</span>
                </span>
              ) : null}
              {count === 0 ? null : (
                <span className={classes.count}>
                  {count > 99 ? "99+" : count}
                  <span className="visually-hidden"> waiting for you</span>
                </span>
              )}
            </a>
          </Fragment>
        );
      })}
    </nav>
  );
}
