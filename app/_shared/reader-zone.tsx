"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ZONE_COOKIE } from "./zone";

const YEAR_SECONDS = 31_536_000;

/** Tells the server the browser's time zone once, and whenever it changes; the page is drawn again in it. */
export function ReaderZone() {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const said = document.cookie.split("; ").find((pair) => pair.startsWith(`${ZONE_COOKIE}=`));
    if (said?.slice(ZONE_COOKIE.length + 1) === encodeURIComponent(zone)) return;
    document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    if (zone !== "UTC") router.refresh();
  }, [router]);
  return null;
}
