import { holds, spelled, type Figure } from './figures';
import type { Numbers } from './statistics';

const WIDTH = 32;

/** Numbers as bars beside each other, the longest over the full width: `eventsPerSecond  ████████  31,204 /s`. */
export function bars(rows: readonly { label: string; value: number; unit: string }[]): string[] {
  const most = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  const labels = Math.max(...rows.map(({ label }) => label.length));
  return rows.map(({ label, value, unit }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((value / most) * WIDTH))).padEnd(WIDTH);
    return `  ${label.padEnd(labels)}  ${bar}  ${spelled(value)} ${unit}`.trimEnd();
  });
}

/** A figure against its bound and its aim, each a bar; one without a bound in a line. */
export function figureLines(figure: Figure, values: Numbers): string[] {
  const { name, unit, bound, aim } = figure;
  const value = values[name] ?? NaN;
  if (!bound) return [`  ${name}: ${spelled(value)} ${unit}`.trimEnd()];
  const [word, limit] = 'atLeast' in bound ? ['at least', bound.atLeast] : ['at most', bound.atMost];
  const rows = [
    { label: 'measured', value, unit },
    { label: word, value: limit, unit },
    ...(aim === undefined ? [] : [{ label: 'aim', value: aim, unit }]),
  ];
  return [`${holds(figure, value) ? 'ok    ' : 'SHORT '} ${name}`, ...bars(rows.filter((row) => Number.isFinite(row.value)))];
}
