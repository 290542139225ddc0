/** One promise about the books, and whether it holds. */
export interface Check {
  name: string;
  ok: boolean;
  /** How many things were looked at. */
  checked: number;
  /** The first of what does not hold, each naming where. */
  violations: string[];
  /** How many do not hold. */
  violationCount: number;
}

const MOST_NAMED = 20;

/** Collects what does not hold of one promise; the first few are kept in words. */
export class Findings {
  private readonly named: string[] = [];
  private checked = 0;
  private count = 0;

  constructor(private readonly name: string) {}

  /** Notes that something was looked at, and what is wrong with it where something is. */
  look(wrong?: string | false): void {
    this.checked++;
    if (wrong !== undefined && wrong !== false) this.violation(wrong);
  }

  violation(wrong: string): void {
    this.count++;
    if (this.named.length < MOST_NAMED) this.named.push(wrong);
  }

  get check(): Check {
    const { name, checked, count } = this;
    return { name, ok: count === 0, checked, violations: this.named, violationCount: count };
  }
}
