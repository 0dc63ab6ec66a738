"use client";

import { useEffect, useRef } from "react";

interface Acts {
  undo: () => void;
  redo: () => void;
  save: () => void;
}

/** Ctrl or ⌘ with Z, Shift Z or Y, and S; in a text field Z stays the field's own. */
export function useEditorKeys(acts: Acts): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      const key = event.key.toLowerCase();
      const isTyping = event.target instanceof Element && event.target.matches("textarea, input:not([type=checkbox])");
      const act =
        key === "s"
          ? latest.current.save
          : isTyping
            ? undefined
            : key === "y" || (key === "z" && event.shiftKey)
              ? latest.current.redo
              : key === "z"
                ? latest.current.undo
                : undefined;
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
