/** Two documents of one id that must say the same. Whichever comes first waits for the other; then both are forgotten. */
export class Pairs {
  readonly differing: string[] = [];
  private readonly lefts = new Map<string, string>();
  private readonly rights = new Map<string, string>();

  constructor(
    private readonly leftName: string,
    private readonly rightName: string,
  ) {}

  left(id: string, digest = ''): void {
    this.match(id, digest, this.lefts, this.rights);
  }

  right(id: string, digest = ''): void {
    this.match(id, digest, this.rights, this.lefts);
  }

  get leftAlone(): string[] {
    return [...this.lefts.keys()].map((id) => `${id}: there is no match for ${this.leftName}`);
  }

  get rightAlone(): string[] {
    return [...this.rights.keys()].map((id) => `${id}: there is no match for ${this.rightName}`);
  }

  private match(id: string, digest: string, mine: Map<string, string>, others: Map<string, string>): void {
    const other = others.get(id);
    if (other === undefined) {
      mine.set(id, digest);
      return;
    }
    if (other !== digest) this.differing.push(`${id}: ${this.leftName} and ${this.rightName} are not the same`);
    others.delete(id);
  }
}
