import { Api } from '../system/api';
import { atRest } from '../system/at-rest';
import { Patience, SystemAway } from '../system/patience';
import { Refused } from '../system/problem';
import { BooksApi } from './books-api';
import { forEachInFlight } from './in-flight';
import { invoicesOf, type BrokenRow } from './invoices';
import { Progress, type Screen } from '../progress';
import { NotAsInTheBooks, sendDocument } from './send-document';
import { setUp } from './set-up';
import { survey, type Survey } from './survey';
import { Tally, type Counts } from './tally';
import { documentsOf, faultIn, type TradeDocument } from './trade-document';

export interface ReplayOptions {
  file: string;
  url: string;
  /** Documents that are under way at once. */
  concurrency: number;
  token: string | undefined;
  screen: Screen;
}

export interface Replayed extends Counts {
  seconds: number;
  rowsPerSecond: number;
  /** Whether every row is in the system, and all that follows from them has happened. */
  isComplete: boolean;
}

const PATIENCE_MS = 60_000;

/**
 * Sends a trading file through the public APIs, and waits until all that follows from it has happened. Reads the file twice:
 * first for what the documents lean on, then document by document, so that memory does not grow with the file.
 */
export async function replayFile(options: ReplayOptions): Promise<Replayed> {
  const began = performance.now();
  const found = await survey(options.file).catch((error: unknown) => {
    throw new Error(`${options.file} cannot be replayed: ${(error as Error).message}`, { cause: error });
  });
  const run = new Run(options, found);
  const isComplete = await run.all();
  const seconds = (performance.now() - began) / 1000;
  const { counts } = run.tally;
  return {
    ...counts,
    seconds: Math.round(seconds * 100) / 100,
    rowsPerSecond: Math.round(counts.rows / seconds),
    isComplete: isComplete && counts.rejected === 0 && counts.rows === found.rows,
  };
}

/** One run over a file. */
class Run {
  readonly tally: Tally;
  private readonly progress: Progress;
  private readonly api: Api;
  private readonly patient: Patience;
  private readonly books: BooksApi;

  constructor(
    private readonly options: ReplayOptions,
    private readonly found: Survey,
  ) {
    const { url, token, concurrency, screen } = options;
    this.progress = new Progress(screen, () => ({ done: this.tally.counts.rows, total: found.rows, unit: 'rows' }));
    const say = (sentence: string): void => this.progress.say(sentence);
    this.tally = new Tally(say);
    this.api = new Api({ url, token, connections: concurrency });
    this.patient = new Patience(this.api, { url, patienceMs: PATIENCE_MS, say });
    this.books = new BooksApi(this.patient);
  }

  /** Whether the end was reached; what stopped it is said. */
  async all(): Promise<boolean> {
    const { concurrency, url } = this.options;
    try {
      this.progress.say(`${this.found.rows} rows; sending ${this.found.products.size} products and opening stock to ${url}`);
      await setUp(this.books, this.found, concurrency);
      this.progress.start();
      await forEachInFlight(this.documents(), concurrency, (document) => this.send(document));
      return await this.settled();
    } catch (error) {
      if (!(error instanceof SystemAway) && !(error instanceof Refused)) throw error;
      this.progress.say(error.message);
      return false;
    } finally {
      this.progress.stop();
      this.api.close();
    }
  }

  private async *documents(): AsyncGenerator<TradeDocument> {
    const broken = ({ line, fault }: BrokenRow): void => this.tally.broken(line, fault);
    for await (const invoice of invoicesOf(this.options.file, broken)) {
      for (const document of documentsOf(invoice)) {
        const whole = this.withoutFaults(document);
        if (whole.rows.length > 0) yield whole;
      }
    }
  }

  private withoutFaults(document: TradeDocument): TradeDocument {
    const rows = document.rows.filter((row) => {
      const fault = faultIn(document.kind, row);
      if (fault !== undefined) this.tally.broken(row.line, fault);
      return fault === undefined;
    });
    return { ...document, rows };
  }

  private async send(document: TradeDocument): Promise<void> {
    try {
      const { isReplayed } = await sendDocument(this.books, document);
      this.tally.sent(document, isReplayed);
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof NotAsInTheBooks)) throw error;
      this.tally.refused(document, reasonOf(error));
    }
  }

  private async settled(): Promise<boolean> {
    const { busy } = await atRest(this.patient, PATIENCE_MS);
    if (busy.length > 0) this.progress.say(`Sent, but not settled after ${PATIENCE_MS / 1000} s: ${busy.join('; ')}`);
    return busy.length === 0;
  }
}

function reasonOf(error: Refused | NotAsInTheBooks): string {
  const isApart = error instanceof Refused && error.code === 'idempotency-key-reused';
  return isApart
    ? 'its invoice was sent before with other rows; an invoice is all its rows, which stand together in the file'
    : error.message;
}
