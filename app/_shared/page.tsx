import type { ReactNode } from "react";
import classes from "./page.module.css";

/** A page's head: what it is, what it is for, and what can be done here. */
export function PageHead({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <div className={classes.words}>
        <h1>{title}</h1>
        {about === undefined ? null : <p className={classes.about}>{about}</p>}
      </div>
      {children === undefined ? null : <div className={classes.actions}>{children}</div>}
    </div>
  );
}

/** A titled part of a page. */
export function Panel({
  title,
  aside,
  children,
  isFlush = false,
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  /** True when the content brings its own edges, such as a table. */
  isFlush?: boolean;
}) {
  return (
    <section className={classes.panel}>
      {title === undefined ? null : (
        <div className={classes.panelHead}>
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      <div className={isFlush ? undefined : classes.body}>{children}</div>
    </section>
  );
}

/** A link that looks like a button: the way to an action that has a page of its own. */
export function ButtonLink({
  href,
  isMain = false,
  children,
}: {
  href: string;
  isMain?: boolean;
  children: ReactNode;
}) {
  return (
    <a className={classes.button} data-main={isMain || undefined} href={href}>
      {children}
    </a>
  );
}

/** What an empty page says: that there is nothing yet, and what to do first. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Names and values beside each other. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
