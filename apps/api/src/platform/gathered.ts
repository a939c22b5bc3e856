interface Waiting<Question, Answer> {
  question: Question;
  resolve: (answer: Answer | PromiseLike<Answer>) => void;
  reject: (error: unknown) => void;
}

/** One is worked on here while the other is worked on by the server. */
const mostUnderWay = 2;

/**
 * Questions that come at the same time are asked together: what many callers ask one by one costs one journey to the server, and a
 * question asked alone waits for nothing. `askAll` gives an answer, or the promise of one, for each question in its order; where it
 * fails as a whole, all of its questions fail by that error.
 */
export class Gathered<Question, Answer> {
  private waiting: Waiting<Question, Answer>[] = [];
  private underWay = 0;
  private isDue = false;

  constructor(
    private readonly askAll: (questions: readonly Question[]) => Promise<readonly (Answer | PromiseLike<Answer>)[]>,
    private readonly mostAtOnce: number,
  ) {}

  ask(question: Question): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => this.waiting.push({ question, resolve, reject }));
    this.plan();
    return answer;
  }

  /** Not at once: what else this turn of the event loop has read from its sockets comes along. */
  private plan(): void {
    if (this.isDue || this.underWay === mostUnderWay || this.waiting.length === 0) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      void this.next(this.waiting.splice(0, this.mostAtOnce));
      this.plan();
    });
  }

  private async next(taken: readonly Waiting<Question, Answer>[]): Promise<void> {
    this.underWay += 1;
    try {
      const answers = await this.askAll(taken.map(({ question }) => question));
      taken.forEach(({ resolve }, place) => resolve(answers[place]!));
    } catch (error) {
      for (const { reject } of taken) reject(error);
    } finally {
      this.underWay -= 1;
      this.plan();
    }
  }
}

/** These promises, when all of them have come to their end, whatever it is: what they are made with may be given back then. */
export async function ended<T>(each: Promise<T>[]): Promise<Promise<T>[]> {
  await Promise.allSettled(each);
  return each;
}
