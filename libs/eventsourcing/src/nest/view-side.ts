import { parsed } from '../envelope';
import type { LogReader } from '../feed/feed';
import type { BoundView } from '../run/fold-view';
import type { RebuildParts } from '../run/rebuild';
import { Rebuilds } from '../run/rebuilds';
import { consumer } from '../run/skip-parked-event';
import type { Streams } from '../run/streams';
import { ViewRunner } from '../run/view-runner';
import type { Watermarks } from '../run/watermarks';
import type { Checkpoints } from '../store/checkpoints';
import type { EventStore } from '../store/event-store';
import type { Parked } from '../store/parked';
import { RebuildLog } from '../store/rebuild-log';
import type { RecordedEvent } from '../vocabulary';
import { bindViews, type Database } from './database';
import type { EventSourcingOptions, ServiceDefinition } from './options';

export interface ViewSideParts {
  options: EventSourcingOptions;
  definition: ServiceDefinition;
  database: Database;
  store: EventStore;
  streams: Streams;
  checkpoints: Checkpoints;
  watermarks: Watermarks;
  parked: Parked;
  reader: LogReader;
  onError: (error: unknown) => void;
}

/** The views of a service: who keeps them, and who makes them again. */
export class ViewSide {
  readonly bound: readonly BoundView[];
  readonly runner: ViewRunner;
  readonly rebuilds: Rebuilds;

  constructor(private readonly parts: ViewSideParts) {
    const { options, definition, database } = parts;
    const { service } = definition;
    this.bound = bindViews(definition, database.source);
    this.runner = new ViewRunner({
      ...parts,
      pool: database.relaxed,
      views: this.bound,
      lockName: this.lockName,
      onPoison: (name, error) => options.observer.parked(service, name, error),
      onFolded: (work) => options.observer.folded(service, work),
    });
    this.rebuilds = new Rebuilds({
      pool: database.relaxed,
      service,
      views: this.bound,
      log: new RebuildLog(database.relaxed, database.schema),
      partsOf: (bound) => this.rebuildParts(bound),
      onEnded: (view, outcome) => options.observer.rebuilt(service, view, outcome),
      onError: parts.onError,
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.runner.stop(), this.rebuilds.stop()]);
  }

  private get lockName(): string {
    return `views-${this.parts.definition.service}`;
  }

  private async rebuildParts(bound: BoundView): Promise<Omit<RebuildParts, 'client' | 'onProgress'>> {
    const { parked, checkpoints, streams } = this.parts;
    const { name } = bound.view;
    return {
      bound,
      parked,
      skipped: new Set((await streams.read(consumer, name)).state.skipped),
      checkpoints: async (client) => (await checkpoints.list(client)).filter((checkpoint) => checkpoint.consumer === name),
      read: (source, lane, after, limit) => this.read(source, { lane, after, limit }),
      viewLock: this.lockName,
    };
  }

  private async read(
    source: string,
    { lane, after, limit }: { lane: number; after: number; limit: number },
  ): Promise<RecordedEvent[]> {
    const { store, reader } = this.parts;
    if (source !== store.source) return reader.read(source, lane, after, limit);
    return (await store.read(lane, after, limit)).map(parsed);
  }
}
