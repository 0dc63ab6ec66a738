import classes from "./slo-detail.module.css";
import pageClasses from "@/app/_shared/page.module.css";

/** Files of what is shown: numbers as CSV, and the drawing as SVG. */
export function DownloadButtons({ action, days }: { action: string; days: number }) {
  return (
    <div className={classes.downloads}>
      {(["csv", "svg"] as const).map((kind) => (
        <form key={kind} method="post" action={`${action}?kind=${kind}&days=${days}`}>
          <button type="submit" className={pageClasses.button}>
            {kind.toUpperCase()}
          </button>
        </form>
      ))}
    </div>
  );
}
