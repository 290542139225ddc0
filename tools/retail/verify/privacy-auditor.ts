import { isSealed, PERSONAL_FIELDS } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Findings, type Check } from './findings';
import { placeOf } from './log-auditor';

const FIELDS: Readonly<Partial<Record<string, object>>> = PERSONAL_FIELDS;

/** Whether what is about a person stands in the logs as sealed text and in no other form. */
export class PrivacyAuditor {
  private readonly findings = new Findings('personal-data-sealed');

  take(event: RecordedEvent): void {
    const data = event.data as Record<string, unknown>;
    for (const field of Object.keys(FIELDS[event.type] ?? {})) {
      if (data[field] === undefined) continue;
      this.findings.look(!isSealed(data[field]) && `${placeOf(event)} says ${field} in the clear`);
    }
  }

  get check(): Check {
    return this.findings.check;
  }
}
