"use client";

import { useEffect } from "react";
import { LEAVING } from "@/app/_shared/soft-navigation";

/** Asks before unsaved work is left behind, by a link of ours or by the browser. */
export function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: Event) => {
      if (event.type === "beforeunload" || !window.confirm("Leave without saving?")) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    document.addEventListener(LEAVING, ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
      document.removeEventListener(LEAVING, ask);
    };
  }, [isDirty]);
}
