import { ChevronsUpDown } from "lucide-react";
import bar from "./bar.module.css";
import classes from "./tenant-menu.module.css";

export interface TenantName {
  slug: string;
  name: string;
}

/** Which tenant this is, and the way to the others. */
export function TenantMenu({ here, own }: { here: TenantName; own: readonly TenantName[] }) {
  return (
    <>
      <button type="button" className={classes.button} popoverTarget="tenant-menu" aria-label={`Tenant: ${here.name}`}>
        <span className={classes.name}>{here.name}</span>
        <ChevronsUpDown size={14} aria-hidden="true" />
      </button>
      <div id="tenant-menu" popover="auto" className={bar.menu} data-side="left">
        {own.map(({ slug, name }) => (
          <a
            key={slug}
            className={bar.item}
            href={`/t/${slug}/switchboard`}
            aria-current={slug === here.slug ? "true" : undefined}
          >
            {name}
          </a>
        ))}
        <hr className={bar.rule} />
        <a className={bar.item} href="/tenants">
          All tenants, or create one
        </a>
      </div>
    </>
  );
}
