import { rounded } from '../../frame/statistics';
import type { Attribution } from './attribute';
import type { Spent } from './spent';
import { STAGES, type Stage } from './stages';

/** What one order costs at one stage, in milliseconds of processor time. */
export interface StageCost {
  stage: Stage;
  nodeMs: number;
  postgresMs: number;
  kafkaMs: number;
}

/** Puts together what the profile of the program, the database's processes and the broker say. */
export function stageCosts({ shares }: Attribution, { nodeMs, kafkaMs, postgresMs }: Spent, orders: number): StageCost[] {
  return STAGES.map((stage) => ({
    stage,
    nodeMs: rounded(((shares.get(stage) ?? 0) * nodeMs) / orders),
    postgresMs: rounded((postgresMs.get(stage) ?? 0) / orders),
    kafkaMs: stage === 'broker' ? rounded(kafkaMs / orders) : 0,
  }));
}

const COLUMNS = ['stage', 'Node', 'PostgreSQL', 'Kafka', 'together'];

/** The costs as a Markdown table, in milliseconds an order. */
export function markdown(costs: readonly StageCost[]): string[] {
  const cell = (ms: number): string => (ms === 0 ? '' : ms.toFixed(3));
  const line = (name: string, values: readonly number[]): string[] => {
    const together = values.reduce((sum, ms) => sum + ms, 0);
    return [name, ...[...values, together].map(cell)];
  };
  const sum = (of: (cost: StageCost) => number): number => costs.reduce((total, cost) => total + of(cost), 0);
  const rows = [
    ...costs.map(({ stage, nodeMs, postgresMs, kafkaMs }) => line(stage, [nodeMs, postgresMs, kafkaMs])),
    line('together', [sum((cost) => cost.nodeMs), sum((cost) => cost.postgresMs), sum((cost) => cost.kafkaMs)]),
  ];
  const widths = COLUMNS.map((title, n) => Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const spell = (cells: readonly string[]): string =>
    `| ${cells.map((text, n) => (n === 0 ? text.padEnd(widths[n] ?? 0) : text.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const ruler = `| ${widths.map((width, n) => (n === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [spell(COLUMNS), ruler, ...rows.map(spell)];
}
