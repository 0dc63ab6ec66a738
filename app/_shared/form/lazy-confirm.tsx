"use client";

import dynamic from "next/dynamic";

/** `ConfirmDialog`, loaded when it is first asked for: most pages are read without it. */
export const LazyConfirm = dynamic(() => import("./confirm-dialog").then((module) => module.ConfirmDialog), {
  ssr: false,
});
