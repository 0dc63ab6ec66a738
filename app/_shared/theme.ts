import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent: a deep pine, dark enough for white text from shade 7 on. */
const pine: MantineColorsTuple = [
  "#eef7f5",
  "#d9ebe7",
  "#afd6cf",
  "#82c0b6",
  "#5aaea1",
  "#3b9c8e",
  "#23897b",
  "#0f6f63",
  "#0a5b51",
  "#06463f",
];

/** Danger, dark enough for white text from shade 7 on: Mantine's own red gives it 3.9 : 1. */
const red: MantineColorsTuple = [
  "#fdeceb",
  "#f8d5d2",
  "#f2aba6",
  "#ea8a83",
  "#e25b52",
  "#d8443a",
  "#c9362d",
  "#b32a22",
  "#96201a",
  "#7d1a15",
];

/** Cool greys for dark surfaces, darkest last; 0 is text. */
const dark: MantineColorsTuple = [
  "#dfe5e9",
  "#b6c0c8",
  "#98a4ad",
  "#6b7782",
  "#39424b",
  "#2c343b",
  "#222a30",
  "#1a2026",
  "#14191e",
  "#0f1317",
];

export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 7 },
  colors: { pine, red, dark },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.35" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    Button: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { size: "md", variant: "subtle", color: "gray" } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm" } },
    // Locking the page's scroll writes a style tag without our nonce, which the page's policy refuses.
    Modal: { defaultProps: { centered: true, lockScroll: false, overlayProps: { backgroundOpacity: 0.4 } } },
    Spotlight: { defaultProps: { lockScroll: false } },
  },
});
