/** How far the start has come, for `/readyz`, the progress page and whoever started the process. */
export class Readiness {
  private step = 'starting';
  private ready = false;

  constructor(private readonly tell: (step: string) => void = () => undefined) {}

  progress(step: string): void {
    this.step = step;
    this.tell(step);
  }

  done(): void {
    this.ready = true;
  }

  /** Null when ready, else what is under way. */
  get underWay(): string | null {
    return this.ready ? null : this.step;
  }
}
