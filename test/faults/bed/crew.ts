import { randomUUID } from 'node:crypto';
import { archiveFaults, untilArchived } from './archive';
import { readLog, takenOnce } from './audit';
import { ask, newDatabase, type TestDatabase } from './database';
import type { Line, Place } from './instance';
import { InstanceProcess, type Birth } from './instance-process';
import type { Mishap } from './mishap';
import type { Chance } from './seed';

const NOTES = 30;

/** Instances in processes of their own on one database, and all lines that they were ever asked to write. */
export class Crew {
  readonly written: Line[] = [];
  private readonly processes: InstanceProcess[] = [];

  private constructor(
    private readonly chance: Chance,
    readonly database: TestDatabase,
    private readonly place: Partial<Place>,
  ) {}

  /** @param place where all of them live, beside the database */
  static async gather(chance: Chance, place: Partial<Place> = {}): Promise<Crew> {
    return new Crew(chance, await newDatabase(), place);
  }

  async start(owner: string, birth: Birth = {}): Promise<InstanceProcess> {
    const process = await InstanceProcess.start({ ...this.place, databaseUrl: this.database.url, owner }, birth);
    this.processes.push(process);
    return process;
  }

  /** Lines on some notes; the mishap befalls whoever comes to one of them, which stands somewhere in the middle. */
  newLines(count: number, mishap?: Mishap): Line[] {
    const fatal = this.chance.between(Math.floor(count / 3), Math.floor((count * 2) / 3));
    const lines = Array.from({ length: count }, (_, n): Line => {
      const line = this.written.length + n;
      const note = `n${this.chance.between(1, NOTES)}`;
      return { commandId: randomUUID(), note, line, ...(n === fatal && mishap && { mishap }) };
    });
    this.written.push(...lines);
    return lines;
  }

  /** Sends again what nobody has acknowledged, until somebody has. */
  async finish(process: InstanceProcess): Promise<void> {
    const known = new Set(this.processes.flatMap((each) => [...each.acknowledged]));
    const open = this.written.filter(({ commandId }) => !known.has(commandId));
    process.write(open);
    await process.acknowledges(process.acknowledged.size + open.length);
  }

  /** Everything that was written is there once, in the log, in the view and in the copies, and nobody complains. */
  async expectArchived(timeoutMs: number): Promise<void> {
    const { url } = this.database;
    await untilArchived(url, timeoutMs);
    expect(takenOnce(await readLog(url, 'notebook'), this.written)).toEqual([]);
    expect(await archiveFaults(url)).toEqual([]);
    expect(await ask(url, 'SELECT * FROM archive.parked')).toEqual([]);
  }

  async disperse(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.end()));
    await this.database.drop();
  }
}
