"use client";

import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { Moon, Sun, SunMoon } from "lucide-react";
import { useEffect, useState } from "react";
import classes from "./bar.module.css";

const NEXT: Readonly<Record<MantineColorScheme, MantineColorScheme>> = { auto: "light", light: "dark", dark: "auto" };
const WORDS = { auto: "as the system", light: "light", dark: "dark" };
const ICONS = { auto: SunMoon, light: Sun, dark: Moon };

/** Light, dark, or as the system says, in turn. */
export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server cannot know what this browser chose, so its first HTML says "auto".
  const [isMounted, setIsMounted] = useState(false);
  useEffect(() => setIsMounted(true), []);
  const shown = isMounted ? colorScheme : "auto";
  const Icon = ICONS[shown];
  const label = `Colours: ${WORDS[shown]}. Switch to ${WORDS[NEXT[shown]]}`;
  return (
    <button
      type="button"
      className={classes.iconButton}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(NEXT[shown])}
    >
      <Icon size={18} aria-hidden="true" />
    </button>
  );
}
