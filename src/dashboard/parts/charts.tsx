/** Two charts, drawn in the page; what they show is told in words beside them. */
import type { Verdict } from '../../operate/verdict.ts';

const STEP = 10;
const HEIGHT = 60;

export function Bars({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  const blocks = values.map((value) =>
    value === 0 ? { look: 'none', height: 1 } : { look: 'bar', height: Math.max(3, (value / most) * HEIGHT) },
  );
  return <Blocks blocks={blocks} label={label} />;
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
  const blocks = verdicts.map((verdict) =>
    verdict === null
      ? { look: 'none', height: 2 }
      : { look: verdict, height: (TALL[verdict as Verdict] ?? 0.1) * HEIGHT },
  );
  return <Blocks blocks={blocks} label={label} />;
}

/** `look` is a class of the style sheet. */
function Blocks({ blocks, label }: { blocks: { look: string; height: number }[]; label: string }) {
  return (
    <svg
      class="chart"
      preserveAspectRatio="none"
      viewBox={`0 0 ${blocks.length * STEP} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {blocks.map(({ look, height }, at) => (
        <rect
          key={at}
          class={look}
          x={at * STEP + 1}
          y={HEIGHT - height}
          width={STEP - 2}
          height={height}
          rx={1}
        />
      ))}
    </svg>
  );
}
