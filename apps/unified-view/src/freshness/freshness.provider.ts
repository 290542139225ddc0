import { Injectable } from '@nestjs/common';
import { Consumers, EventSourcingOptions } from '#libs/eventsourcing';
import { LOG_SERVICES, type LogService } from '#libs/contracts';
import { freshnessOf, type ViewFreshness } from './freshness';

/** How events travel, and by which brokers. */
export interface Bus {
  kind: 'kafka' | 'postgres';
  brokers?: string;
}

const TIMEOUT_MS = 1000;

/** Compares how far the views are with what the logs hold. */
@Injectable()
export class Freshness {
  constructor(
    private readonly consumers: Consumers,
    private readonly surroundings: EventSourcingOptions,
  ) {}

  bus(): Bus {
    const { bus: kind, brokers } = this.surroundings;
    return { kind, ...(kind === 'kafka' && { brokers: brokers.join(',') }) };
  }

  /** Positions are read before heads, so that no lag means that nothing was missing. */
  async views(): Promise<ViewFreshness[]> {
    const progress = await this.consumers.list();
    const heads = await Promise.all(LOG_SERVICES.map((service) => this.heads(service)));
    return freshnessOf(progress, new Map(heads.filter((entry) => entry !== undefined)));
  }

  /** Undefined when the service does not say within a second: it may be starting, and the views are there all the same. */
  private async heads(service: LogService): Promise<[string, number[]] | undefined> {
    const token = this.surroundings.token();
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    try {
      const url = `${this.surroundings.urlOf(service)}/${service}/events/heads`;
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) return undefined;
      const { heads } = (await response.json()) as { heads: { lane: number; position: number }[] };
      return [service, heads.sort((a, b) => a.lane - b.lane).map(({ position }) => position)];
    } catch {
      return undefined;
    }
  }
}
