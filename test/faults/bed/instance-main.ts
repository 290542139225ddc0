import 'reflect-metadata';
import { exposeRelay } from './carriage';
import { becomeProne } from './mishap';
import { Instance, type Line, type Place } from './instance';
import type { Birth, News } from './instance-process';

/** The other side of `InstanceProcess`: an instance that does what it is told, and tells what came of it. */
async function main(): Promise<void> {
  const { place, prone, clockAheadMs } = JSON.parse(process.argv[2] ?? '{}') as Birth & { place: Place };
  if (clockAheadMs) setClock(clockAheadMs);
  if (prone) {
    becomeProne(prone);
    exposeRelay();
  }
  const instance = await Instance.open(place);
  process.on('message', (lines: Line[]) => lines.forEach((line) => void write(instance, line)));
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => void instance.stop().finally(() => process.exit()));
  tell({ url: instance.url });
}

async function write(instance: Instance, line: Line): Promise<void> {
  try {
    await instance.write(line);
    tell({ acknowledged: line.commandId });
  } catch (error) {
    tell({ failed: line.commandId, error: String(error) });
  }
}

/** Makes this process believe that it is later (or earlier) than it is. Timers and `performance.now` stay what they are. */
function setClock(aheadMs: number): void {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...args: [] | [number]) {
      if (args.length === 0) super(Real.now() + aheadMs);
      else super(...args);
    }
    static override now(): number {
      return Real.now() + aheadMs;
    }
  } as DateConstructor;
}

function tell(news: News): void {
  process.send?.(news);
}

void main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
