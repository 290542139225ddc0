import { EVENT_TYPES } from '#libs/contracts';
import { Evolution } from '#libs/eventsourcing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Heads } from '../system/at-rest';
import { Book } from './book';
import { DocumentAuditor } from './document-auditor';
import type { Check } from './findings';
import { LogAuditor } from './log-auditor';
import { LotAuditor } from './lot-auditor';
import { PromiseAuditor } from './promise-auditor';
import { PrivacyAuditor } from './privacy-auditor';
import { SettlementAuditor } from './settlement-auditor';
import { StockAuditor } from './stock-auditor';
import type { Views } from './views';
import { viewsEqualLog } from './views-auditor';

/**
 * Everything that must hold of the books. It is told every event once, lane by lane in order and the lanes in any order, and
 * remembers what there is, not what has happened.
 */
export class Audit {
  private readonly evolution = new Evolution(EVENT_TYPES);
  private readonly log: LogAuditor;
  private readonly stock = new StockAuditor();
  private readonly lots = new LotAuditor();
  private readonly documents = new DocumentAuditor();
  private readonly privacy = new PrivacyAuditor();
  private readonly promises = new PromiseAuditor();
  private readonly settlement = new SettlementAuditor();
  private readonly book = new Book();

  /** @param laneCount how many lanes every log has */
  constructor(laneCount: number) {
    this.log = new LogAuditor(laneCount);
  }

  /** The log is looked at as it was written, for its hashes cover that; everybody else reads it as of today. */
  take(written: RecordedEvent): void {
    this.log.take(written);
    const event = this.evolution.current(written);
    this.stock.take(event);
    this.lots.take(event);
    this.documents.take(event);
    this.privacy.take(event);
    this.promises.take(event);
    this.settlement.take(event);
    this.book.take(event);
  }

  /** To be asked once, with what was there when everything had come to rest. */
  checks(heads: Heads, views: Views): Check[] {
    return [
      ...this.log.checks(heads),
      this.stock.check(views.stock),
      this.lots.check,
      this.documents.check,
      this.promises.check,
      viewsEqualLog(this.book, this.stock.sums, views),
      this.settlement.check(this.book.entries),
      this.privacy.check,
    ];
  }
}
