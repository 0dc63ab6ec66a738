import classes from "./link-tabs.module.css";

interface Tab {
  href: string;
  name: string;
  isHere: boolean;
}

/** Views of one page beside each other, each with an address of its own. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ href, name, isHere }) => (
        <a key={href} href={href} className={classes.tab} aria-current={isHere ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
