/** Colours of a chart. */
export interface Palette {
  text: string;
  line: string;
  axis: string;
  main: string;
  soft: string;
  warn: string;
  bad: string;
  surface: string;
}

/** As the page's own: a drawing in the page turns with its theme. */
export const PAGE_PALETTE: Palette = {
  ...{ text: "var(--muted)", line: "var(--line)", axis: "var(--line-strong)", main: "var(--accent)" },
  ...{ soft: "var(--accent-soft)", warn: "var(--wait)", bad: "var(--bad)", surface: "none" },
};

/** Of the light theme, for files, which stand alone (app/_shared/global.css). */
export const FILE_PALETTE: Palette = {
  ...{ text: "#53606a", line: "#dde2e6", axis: "#c3cbd1", main: "#0f6f63" },
  ...{ soft: "#e3f1ee", warn: "#7a4d00", bad: "#a1241c", surface: "#ffffff" },
};
