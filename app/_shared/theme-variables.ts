import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from "@mantine/core";
import { theme } from "./theme";

type Variables = Record<string, string>;

const changed = (ours: Variables, theirs: Variables): Variables =>
  Object.fromEntries(Object.entries(ours).filter(([name, value]) => theirs[name] !== value));

/** What Mantine's provider would send with every page: the theme's variables that differ from the default theme's. */
export function themeVariables(): string {
  const ours = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  const theirs = defaultCssVariablesResolver(DEFAULT_THEME);
  return convertCssVariables({
    variables: changed(ours.variables, theirs.variables),
    light: changed(ours.light, theirs.light),
    dark: changed(ours.dark, theirs.dark),
  });
}
