import type { Pool } from 'pg';
import { Listener } from './listener';

const CHANNEL = 'log_grown';
/** A notice serializes commits for a moment, so many appends share one. */
const PACE_MS = 50;

export interface GrowthNoticeParts {
  pool: Pool;
  service: string;
  /** Tells own notices from others'. */
  owner: string;
  /** Whether another process may be following this log: nobody else is told. */
  isShared: () => boolean;
  /** Somebody else's process has written to the log of a service. */
  onGrown: (service: string) => void;
}

/**
 * Tells other processes that a log has grown, after the commit and on a connection of its own, and hears it from them. It only
 * saves time: who misses a notice looks a little later by himself.
 */
export class GrowthNotice {
  private readonly listener: Listener;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: GrowthNoticeParts) {
    this.listener = new Listener(parts.pool, CHANNEL, { heard: (payload) => this.heard(payload), missed: () => undefined });
  }

  start(): Promise<void> {
    return this.listener.start();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.listener.stop();
  }

  /** To be called after each commit. */
  tell(): void {
    if (this.timer || !this.parts.isShared()) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const { pool, service, owner } = this.parts;
      // When it fails the others look by themselves.
      pool.query(`SELECT pg_notify('${CHANNEL}', $1)`, [`${service} ${owner}`]).catch(() => undefined);
    }, PACE_MS);
    this.timer.unref();
  }

  private heard(payload: string): void {
    const [service = '', ...owner] = payload.split(' ');
    if (owner.join(' ') !== this.parts.owner) this.parts.onGrown(service);
  }
}
