"use client";

import { useEffect } from "react";

const TYPING = "input, textarea, select, [contenteditable=true]";

/** `/` leads to the search. */
export function SearchKey() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(TYPING)) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return null;
}
