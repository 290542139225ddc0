/** Sets that merge: commands that share a stream stand or fall together. */
export class Groups {
  private readonly parent: number[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, n) => n);
  }

  of(member: number): number {
    let root = member;
    while (this.parent[root] !== root) root = this.parent[root] ?? root;
    // Path compression: the next look is one step.
    for (let at = member; at !== root;) {
      const next = this.parent[at] ?? root;
      this.parent[at] = root;
      at = next;
    }
    return root;
  }

  merge(one: number, other: number): void {
    this.parent[this.of(other)] = this.of(one);
  }
}
