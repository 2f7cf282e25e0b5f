/** Two charts, drawn in the page; what they show is told in words beside them. */
import type { Verdict } from '../../operate/verdict.ts';

const STEP = 10;
const HEIGHT = 60;

export function Bars({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  return (
    <svg
      class="chart"
      preserveAspectRatio="none"
      viewBox={`0 0 ${values.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {values.map((value, at) => {
        const height = value === 0 ? 1 : Math.max(3, (value / most) * HEIGHT);
        const look = value === 0 ? 'none' : 'bar';
        return (
          <rect
            key={at}
            class={look}
            x={at * STEP + 1}
            y={HEIGHT - height}
            width={STEP - 2}
            height={height}
            rx={1}
          />
        );
      })}
    </svg>
  );
}

/** One block a day; the worse it went the lower its top, so that the colour is not all there is. */
const TALL: Readonly<Record<Verdict, number>> = {
  in_line: 1,
  catching_up: 0.85,
  quiet: 0.7,
  paused: 0.6,
  unconfirmed: 0.5,
  needs_you: 0.4,
  stopped: 0.25,
  not_set_up: 0.1,
};

export function Strip({ verdicts, label }: { verdicts: readonly (string | null)[]; label: string }) {
  return (
    <svg
      class="chart"
      preserveAspectRatio="none"
      viewBox={`0 0 ${verdicts.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {verdicts.map((verdict, at) => {
        const height = verdict === null ? 2 : (TALL[verdict as Verdict] ?? 0.1) * HEIGHT;
        return (
          <rect
            key={at}
            class={verdict ?? 'none'}
            x={at * STEP + 1}
            y={HEIGHT - height}
            width={STEP - 2}
            height={height}
            rx={2}
          />
        );
      })}
    </svg>
  );
}
