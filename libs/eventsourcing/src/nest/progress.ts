import type { Lag } from './options';

/** How far a view, a process or the relay has come in one lane of one source, and how many repeats it was spared. */
export interface Progress {
  name: string;
  source: string;
  lane: number;
  position: number;
  absorbed: number;
}

/** How far consumers are behind, their lanes added up; a source whose log cannot be asked is left out. */
export async function lagOf(progress: readonly Progress[], headsOf: (source: string) => Promise<number[]>): Promise<Lag[]> {
  const sources = [...new Set(progress.map(({ source }) => source))];
  const asked = sources.map(async (source) => [source, await headsOf(source).catch((): number[] => [])] as const);
  const heads = new Map(await Promise.all(asked));
  const lags = new Map<string, Lag>();
  for (const { name, source, lane, position } of progress) {
    const head = heads.get(source)?.[lane];
    if (head === undefined) continue;
    const { events } = lags.get(`${name} ${source}`) ?? { events: 0 };
    lags.set(`${name} ${source}`, { consumer: name, source, events: events + Math.max(0, head - position) });
  }
  return [...lags.values()];
}
