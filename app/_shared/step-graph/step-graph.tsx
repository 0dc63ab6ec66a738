import { statusWord } from "../status";
import { STEP_HEIGHT, STEP_WIDTH, type StepLayout } from "./layout-steps";
import classes from "./step-graph.module.css";

interface Props {
  layout: StepLayout;
  label: string;
  /** Status by step id, while a run goes through. */
  statuses?: Readonly<Record<string, string>>;
  /** Ids of steps that something is wrong with. */
  faulty?: ReadonlySet<string>;
  selected?: string | null;
  onSelect?: (id: string) => void;
}

const path = (points: readonly { x: number; y: number }[]) =>
  points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");

const MIN_SCALE = 0.75;

/** The steps of a definition and what follows what. The same drawing on a page, in the editor and for a run. */
export function StepGraph({ layout, label, statuses = {}, faulty, selected = null, onSelect }: Props) {
  const { width, height, steps, edges, frames } = layout;
  return (
    <div className={classes.frame} tabIndex={0} role="region" aria-label={label}>
      <svg
        // On a narrow screen it shrinks as far as its words can be read, and scrolls beyond that.
        style={{ maxWidth: width, minWidth: Math.min(width, Math.max(320, width * MIN_SCALE)) }}
        viewBox={`0 0 ${width} ${height}`}
        role={onSelect ? "group" : "img"}
        aria-label={`${label}, drawn`}
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0.5 7 4 0 7.5z" className={classes.head} />
          </marker>
          <clipPath id="step-words">
            <rect x="12" width={STEP_WIDTH - 20} height={STEP_HEIGHT} />
          </clipPath>
        </defs>
        {frames.map(({ of, label: words, x, y, width: wide, height: high }) => (
          <g key={of} className={classes.within}>
            <rect x={x} y={y} width={wide} height={high} rx="8" />
            <text x={x + 8} y={y + 13}>
              {words}
            </text>
          </g>
        ))}
        {edges.map(({ from, to, label: words, points }, index) => {
          const middle = points[Math.floor(points.length / 2)];
          return (
            <g key={`${from}>${to}:${index}`}>
              <path d={path(points)} className={classes.edge} markerEnd="url(#arrow)" />
              {words === "" || middle === undefined ? null : (
                <text x={middle.x} y={middle.y + 4} className={classes.label}>
                  {words}
                </text>
              )}
            </g>
          );
        })}
        {steps.map(({ id, type, title, x, y }) => {
          const status = statuses[id];
          const words = `${title}, ${type}${status === undefined ? "" : `, ${statusWord(status)}`}`;
          return (
            <g
              key={id}
              className={classes.step}
              data-status={status}
              data-faulty={faulty?.has(id) || undefined}
              data-selected={selected === id || undefined}
              transform={`translate(${x} ${y})`}
              {...(onSelect === undefined
                ? {}
                : {
                    role: "button",
                    tabIndex: 0,
                    "aria-pressed": selected === id,
                    onClick: () => onSelect(id),
                    onKeyDown: (event) => {
                      if (event.key === "Enter" || event.key === " ") {
                        event.preventDefault();
                        onSelect(id);
                      }
                    },
                  })}
            >
              {onSelect === undefined ? <title>{words}</title> : null}
              <rect width={STEP_WIDTH} height={STEP_HEIGHT} rx="5" />
              <text x="12" y="19" className={classes.title} clipPath="url(#step-words)">
                {title}
              </text>
              <text x="12" y="35" className={classes.type}>
                {type}
                {status === undefined ? "" : ` · ${statusWord(status)}`}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
