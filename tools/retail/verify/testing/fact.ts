import type { LogService } from '#libs/contracts';

/** What somebody said, before a log takes it. */
export interface Fact {
  source: LogService;
  stream: string;
  type: string;
  data: object;
}

/** A fact in one line. */
export const fact = (source: LogService, stream: string, type: string, data: object): Fact => ({ source, stream, type, data });
