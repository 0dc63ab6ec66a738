"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import classes from "./soft-navigation.module.css";

/** Told before a link is followed; whoever holds unsaved work may cancel it, as with the browser's `beforeunload`. */
export const LEAVING = "conductor:leaving";

function internalTarget(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target !== "" || link.hasAttribute("download")) return null;
  if (link.origin !== window.location.origin || link.pathname.startsWith("/api/")) return null;
  if (link.pathname === window.location.pathname && link.hash !== "") return null;
  return link.pathname + link.search + link.hash;
}

/**
 * Follows plain links within the app without a full reload, and is the loading state of every page: a bar at the top
 * while the next page is on its way. One listener in place of a component per link keeps long tables cheap to render,
 * and pages without a `loading.tsx` answer with their content and their status code in the first HTML.
 */
export function SoftNavigation() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const href = internalTarget(event);
      if (href === null) return;
      event.preventDefault();
      if (!document.dispatchEvent(new CustomEvent(LEAVING, { cancelable: true }))) return;
      for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) open.hidePopover();
      startTransition(() => router.push(href));
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);
  return (
    <div role="status" className={classes.region}>
      {isPending ? (
        <>
          <span className={classes.bar} />
          <span className="visually-hidden">Loading the page</span>
        </>
      ) : null}
    </div>
  );
}
