"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import bar from "./bar.module.css";
import { placeHref, PLACES } from "./places";

// Neither is part of what a page needs to be read, so neither is loaded before its first use.
const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });
const KeyHelp = dynamic(() => import("./key-help").then((module) => module.KeyHelp), { ssr: false });

const TYPING = "input, textarea, select, [contenteditable=true], [role=dialog] *";
/** How long after `g` the next key still names a page. */
const CHORD_MS = 1_200;

interface Props {
  tenant: string;
  tenants: readonly { slug: string; name: string }[];
}

/** The keys that work everywhere: ⌘K or Ctrl K for the palette, `?` for help, `g` and a letter for a page. */
export function Keyboard({ tenant, tenants }: Props) {
  const router = useRouter();
  const [palette, setPalette] = useState(0);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const goneAt = useRef(0);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette((count) => count + 1);
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(TYPING)) return;
      if (event.key === "?") setIsHelpOpen(true);
      else if (event.key === "g") goneAt.current = event.timeStamp;
      else if (event.timeStamp - goneAt.current < CHORD_MS) {
        const place = PLACES.find(({ key }) => key === event.key);
        goneAt.current = 0;
        if (place !== undefined) router.push(placeHref(tenant, place.slug));
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [router, tenant]);

  return (
    <>
      <button
        type="button"
        className={bar.iconButton}
        aria-label="Search and commands"
        aria-keyshortcuts="Control+K Meta+K"
        title="Search and commands (⌘K or Ctrl K)"
        onClick={() => setPalette((count) => count + 1)}
      >
        <Search size={17} aria-hidden="true" />
      </button>
      {palette === 0 ? null : (
        <Palette opened={palette} tenant={tenant} tenants={tenants} onHelp={() => setIsHelpOpen(true)} />
      )}
      {isHelpOpen ? <KeyHelp onClose={() => setIsHelpOpen(false)} /> : null}
    </>
  );
}
