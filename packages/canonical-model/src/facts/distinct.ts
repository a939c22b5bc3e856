/** Distinct texts in the order in which they came. Most records say one of each, so the set is made when there is a second. */
export class Distinct {
  private readonly first: string;
  private all: Set<string> | null = null;

  constructor(first: string) {
    this.first = first;
  }

  /** Whether it is new. */
  add(text: string): boolean {
    if (text === this.first) return false;
    this.all ??= new Set([this.first]);
    if (this.all.has(text)) return false;
    this.all.add(text);
    return true;
  }

  list(): string[] {
    return this.all === null ? [this.first] : [...this.all];
  }
}
