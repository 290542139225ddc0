import type { Spender } from '../../frame/cpu';
import { stageOfConnection, type Stage } from './stages';

/** What was spent, in milliseconds: by the program, by the broker, and by the database for each stage. */
export interface Spent {
  nodeMs: number;
  kafkaMs: number;
  postgresMs: ReadonlyMap<Stage, number>;
}

/** What every part has spent between two looks. @param uses what a connection of the database calls itself, by its process */
export function spentByStage(before: readonly Spender[], after: readonly Spender[], uses: ReadonlyMap<number, string>): Spent {
  const had = new Map(before.map((spender) => [spender.pid, spender]));
  const spent = { nodeMs: 0, kafkaMs: 0, postgresMs: new Map<Stage, number>() };
  const add = (part: Spender['part'], ms: number, stage: Stage): void => {
    if (part === 'node') spent.nodeMs += ms;
    else if (part === 'kafka') spent.kafkaMs += ms;
    else spent.postgresMs.set(stage, (spent.postgresMs.get(stage) ?? 0) + ms);
  };
  for (const { pid, part, ms } of after) {
    add(part, ms - (had.get(pid)?.ms ?? 0), stageOfConnection(uses.get(pid)));
    had.delete(pid);
  }
  // Who ended meanwhile is, with all that it ever spent, in what the database's first process has spent.
  for (const { part, ms } of had.values()) add(part, -ms, stageOfConnection(undefined));
  return spent;
}
