interface Due {
  at: number;
  /** Of two that are due at one instant the one that was entered first comes first. */
  order: number;
  act: () => void;
}

/** What is to happen, by its time: a binary heap, since tens of thousands of messages pass through it. */
export class Agenda {
  private readonly heap: Due[] = [];
  private entered = 0;

  add(at: number, act: () => void): void {
    const { heap } = this;
    heap.push({ at, order: (this.entered += 1), act });
    let place = heap.length - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(heap[place]!, heap[parent]!)) break;
      this.swap(place, parent);
      place = parent;
    }
  }

  /** When the next one is due; null when nothing is left. */
  get next(): number | null {
    return this.heap[0]?.at ?? null;
  }

  take(): Due {
    const { heap } = this;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    const { heap } = this;
    for (let place = 0; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      let least = place;
      if (left < heap.length && isBefore(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && isBefore(heap[right]!, heap[least]!)) least = right;
      if (least === place) return;
      this.swap(place, least);
      place = least;
    }
  }

  private swap(one: number, two: number): void {
    const { heap } = this;
    [heap[one], heap[two]] = [heap[two]!, heap[one]!];
  }
}

function isBefore(one: Due, two: Due): boolean {
  return one.at - two.at < 0 || (one.at === two.at && one.order < two.order);
}
