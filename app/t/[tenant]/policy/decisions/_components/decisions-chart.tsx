import classes from "./decisions.module.css";

interface Props {
  bucket: "hour" | "day";
  buckets: readonly { at: string; allowed: number; denied: number }[];
}

const HEIGHT = 96;
const WIDTH = 720;

const said = (at: string, bucket: Props["bucket"]) =>
  bucket === "hour" ? at.slice(5, 16).replace("T", " ") : at.slice(0, 10);

/** Permissions and denials over time, stacked, drawn on the server; a table of the same is there for those who cannot see it. */
export function DecisionsChart({ bucket, buckets }: Props) {
  const most = Math.max(1, ...buckets.map(({ allowed, denied }) => allowed + denied));
  const step = WIDTH / Math.max(1, buckets.length);
  const tall = (count: number) => (count / most) * HEIGHT;
  return (
    <figure className={classes.chart}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {buckets.map(({ at, allowed, denied }, index) => (
          <g key={at}>
            <title>{`${said(at, bucket)}: ${denied} denied, ${allowed} allowed`}</title>
            <rect
              className={classes.denied}
              x={index * step + 1}
              width={Math.max(1, step - 2)}
              y={HEIGHT - tall(denied)}
              height={tall(denied)}
            />
            <rect
              className={classes.allowed}
              x={index * step + 1}
              width={Math.max(1, step - 2)}
              y={HEIGHT - tall(denied + allowed)}
              height={tall(allowed)}
            />
          </g>
        ))}
      </svg>
      <figcaption>
        <span>{said(buckets[0]?.at ?? "", bucket)}</span>
        <span>
          <i className={classes.allowedKey} /> allowed <i className={classes.deniedKey} /> denied, at most {most} in{" "}
          {bucket === "hour" ? "an hour" : "a day"} (UTC)
        </span>
        <span>{said(buckets.at(-1)?.at ?? "", bucket)}</span>
      </figcaption>
      <table className="visually-hidden">
        <caption>Decisions on record per {bucket}</caption>
        <tbody>
          {buckets.map(({ at, allowed, denied }) => (
            <tr key={at}>
              <th scope="row">{said(at, bucket)}</th>
              <td>{allowed} allowed</td>
              <td>{denied} denied</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
