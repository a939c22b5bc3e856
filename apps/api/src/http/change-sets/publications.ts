import { Injectable } from '@nestjs/common';
import type { ChangeSetCheck, ChangeSetMistake, DocumentKind, ProblemCode } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Proposals, type ReadProposals } from '../../pipeline/proposals.ts';
import { Publishing, type PublishedSet } from '../../pipeline/publishing.ts';
import type { Proposed } from '../../pipeline/read-proposed.ts';
import { Worker } from '../../pipeline/worker.ts';
import { Reaches } from '../reach/reaches.ts';

/** By whom and why, and how many customers whoever publishes has read that it changes. */
interface Signed {
  reason: string;
  by: string;
  count?: number | undefined;
}

/** The refusal of a single document by its kind. */
const refusals = {
  canonicalModel: 'canonical-model-invalid',
  survivorship: 'rules-invalid',
  matching: 'match-model-invalid',
  mapping: 'mapping-invalid',
  scope: 'scope-invalid',
} as const satisfies Record<DocumentKind, ProblemCode>;

/**
 * The one way by which people publish documents, one or several: all are read beside each other and beside what is in force, what they
 * change together is shown, and then all are published or none.
 */
@Injectable()
export class Publications {
  constructor(
    private readonly database: Database,
    private readonly proposals: Proposals,
    private readonly publishing: Publishing,
    private readonly reaches: Reaches,
    private readonly clock: Clock,
    private readonly worker: Worker,
  ) {}

  /** Every mistake, in what is in force too. */
  async mistakes(proposed: readonly Proposed[]): Promise<ChangeSetMistake[]> {
    return (await this.database.read((tx) => this.proposals.read(tx, proposed))).mistakes;
  }

  /** Every mistake; what they would change together where there is none. Nothing is stored. */
  async check(proposed: readonly Proposed[]): Promise<ChangeSetCheck> {
    const { mistakes, proposal } = await this.database.read((tx) => this.proposals.read(tx, proposed));
    return { problems: mistakes, reach: mistakes.length > 0 ? null : await this.reaches.of(proposal) };
  }

  async publish(proposed: readonly Proposed[], { count, ...signed }: Signed): Promise<PublishedSet> {
    const { proposal } = await this.database.read((tx) => this.valid(tx, proposed));
    await this.reaches.mustBeSeen(proposal, count);
    const published = await this.database.transaction(async (tx) => {
      // Others may have been published while the reach was counted.
      await this.publishing.hold(tx);
      const { documents } = await this.valid(tx, proposed);
      return this.publishing.publish(tx, documents, { ...signed, count, at: this.clock.now() });
    });
    this.worker.wake();
    return published;
  }

  private async valid(tx: Tx, proposed: readonly Proposed[]): Promise<ReadProposals> {
    const read = await this.proposals.read(tx, proposed);
    if (read.mistakes.length > 0) throw refusal(proposed, read.mistakes);
    return read;
  }
}

function refusal(proposed: readonly Proposed[], mistakes: readonly ChangeSetMistake[]): ProblemError {
  const [only, ...others] = proposed;
  const isAlone = others.length === 0;
  const errors = mistakes.map((mistake) => {
    const { code, detail } = mistake;
    return { path: isAlone ? placeBeside(mistake) : placeOf(mistake), code, detail };
  });
  const [first] = mistakes;
  if (mistakes.every(({ code }) => code === 'version-changed'))
    return new ProblemError('version-changed', first!.detail, errors);
  const code = isAlone ? refusals[only!.kind] : 'change-set-invalid';
  return new ProblemError(code, 'Mend what is listed; nothing was changed.', errors);
}

/** Where in the document that is alone; of another one, which is in force, its name too. */
export function placeBeside(mistake: ChangeSetMistake): string {
  return mistake.inSet ? mistake.path : placeOf(mistake);
}

/** Of which document, and where in it. */
export function placeOf({ kind, system, path }: ChangeSetMistake): string {
  return `${kind}${system === null ? '' : ` ${system}`}${path}`;
}
