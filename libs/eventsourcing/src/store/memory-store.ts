import { eventHash, type StoredEvent } from '../envelope';
import { laneOf } from '../lane';
import type { Batch, BatchEvent, ChainResult, ChainStatus, EventStore, KnownCommand, Snapshot } from './event-store';

/** A log in memory: for tests of rules and runners, and the measure of what the contract means. */
export class MemoryStore implements EventStore {
  private readonly log: StoredEvent[][];
  private readonly versions = new Map<string, number>();
  private readonly known = new Map<string, KnownCommand>();
  private readonly kept = new Map<string, Snapshot>();

  constructor(
    readonly source: string,
    readonly lanes = 8,
    private readonly clock: () => string = () => new Date().toISOString(),
  ) {
    this.log = Array.from({ length: lanes }, () => []);
  }

  append(batch: Batch): Promise<ChainResult[]> {
    const statuses = this.judge(batch);
    const bases = this.log.map((lane) => lane.length);
    const results = batch.chains.map((chain, n) => ({
      status: statuses[n] ?? 'sibling',
      base: bases[laneOf(chain.stream, this.lanes)] ?? 0,
    }));
    const failed = new Set(batch.chains.filter((_, n) => statuses[n] !== 'written').map((chain) => chain.group));
    for (const event of batch.events) {
      if (!failed.has(batch.chains[event.chain]?.group ?? -1)) this.write(batch, event);
    }
    for (const command of batch.commands) if (!failed.has(command.group)) this.remember(command);
    return Promise.resolve(results);
  }

  load(streams: readonly { stream: string; after: number }[], limit?: number): Promise<StoredEvent[]> {
    const events = streams.flatMap(({ stream, after }) =>
      (this.log[laneOf(stream, this.lanes)] ?? []).filter((event) => event.stream === stream && event.version > after),
    );
    return Promise.resolve(events.slice(0, limit));
  }

  newest(streams: readonly { stream: string; before: number }[], limit: number): Promise<StoredEvent[]> {
    const events = streams.flatMap(({ stream, before }) => {
      const lane = this.log[laneOf(stream, this.lanes)] ?? [];
      const older = lane.filter((event) => event.stream === stream && event.version < before);
      return older.reverse().slice(0, limit);
    });
    return Promise.resolve(events);
  }

  snapshots(wanted: readonly { stream: string; stateVersion: number }[]): Promise<Snapshot[]> {
    const found = wanted.map(({ stream, stateVersion }) => this.kept.get(`${stream} ${stateVersion}`));
    return Promise.resolve(found.filter((snapshot) => snapshot !== undefined));
  }

  keep(snapshots: readonly Snapshot[]): Promise<void> {
    for (const snapshot of snapshots) {
      const key = `${snapshot.stream} ${snapshot.stateVersion}`;
      if ((this.kept.get(key)?.version ?? 0) < snapshot.version) this.kept.set(key, snapshot);
    }
    return Promise.resolve();
  }

  commands(ids: readonly string[]): Promise<Map<string, KnownCommand>> {
    const found = ids.map((id) => [id, this.known.get(id)] as const);
    return Promise.resolve(new Map(found.filter((entry): entry is [string, KnownCommand] => entry[1] !== undefined)));
  }

  read(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    return Promise.resolve((this.log[lane] ?? []).slice(after, after + limit));
  }

  follow(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    return this.read(lane, after, limit);
  }

  heads(): Promise<number[]> {
    return Promise.resolve(this.log.map((lane) => lane.length));
  }

  written(lane: number): number {
    return this.log[lane]?.length ?? 0;
  }

  private judge({ chains, commands }: Batch): ChainStatus[] {
    const repeated = new Set(commands.filter((command) => this.known.has(command.id)).map((command) => command.group));
    const moved = chains.map((chain) => (this.versions.get(chain.stream) ?? 0) !== chain.expected);
    const broken = new Set(chains.filter((_, n) => moved[n]).map((chain) => chain.group));
    return chains.map((chain, n) => {
      if (repeated.has(chain.group)) return 'duplicate';
      if (moved[n]) return 'conflict';
      return broken.has(chain.group) ? 'sibling' : 'written';
    });
  }

  private write(batch: Batch, event: BatchEvent): void {
    const stream = batch.chains[event.chain]?.stream ?? '';
    const lane = laneOf(stream, this.lanes);
    const entries = this.log[lane] ?? [];
    const version = (this.versions.get(stream) ?? 0) + 1;
    const stored: StoredEvent = {
      source: this.source,
      lane,
      position: entries.length + 1,
      stream,
      version,
      type: event.type,
      schemaVersion: event.schemaVersion,
      commandId: batch.commands[event.command]?.id ?? '',
      by: event.by,
      happenedAt: event.happenedAt,
      recordedAt: this.clock(),
      data: event.data,
      hash: '',
    };
    entries.push({ ...stored, hash: eventHash(entries.at(-1)?.hash ?? '', stored) });
    this.versions.set(stream, version);
  }

  private remember(command: Batch['commands'][number]): void {
    const last = new Map<number, number>();
    for (const lane of this.log) {
      for (const event of lane) if (event.commandId === command.id) last.set(event.lane, event.position);
    }
    const positions = [...last].map(([lane, position]) => `${lane}=${position}`).join(',');
    this.known.set(command.id, { stream: command.stream, fingerprint: command.fingerprint ?? null, positions });
  }
}
