import { Injectable } from '@nestjs/common';
import type { Problem, Reach, ScopePreview } from '@cinch/api-contract';
import { alwaysPass, isGrown, type Reach as Counted, type ScopeDocument } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { Foresight, type Proposal } from '../../pipeline/foresight.ts';
import { reachShown } from './reach-shown.ts';

/** What acts would change, for a reader, and the one gate before all acts with reach. */
@Injectable()
export class Reaches {
  constructor(
    private readonly database: Database,
    private readonly foresight: Foresight,
  ) {}

  async of(proposal: Proposal): Promise<Reach> {
    return this.shown(await this.foresight.of(proposal));
  }

  async ofScope(systemId: number, system: string, scope: ScopeDocument): Promise<ScopePreview> {
    const counted = await this.foresight.of({ scopes: new Map([[systemId, scope]]) });
    const nobody = { create: 0, withheld: 0, refresh: 0, surplus: 0 };
    const { inForce, proposed } = counted.scopes[system] ?? { inForce: nobody, proposed: nobody };
    return { inForce, proposed, reach: await this.shown(counted) };
  }

  /**
   * An act of so much reach needs the number of customers that it changes from whoever does it, so that nobody acts unread. It holds within
   * five, or a twentieth, of what was seen.
   */
  async mustBeSeen(proposal: Proposal, typed: number | undefined): Promise<Reach> {
    const reach = await this.of(proposal);
    mustBeTyped(reach, typed);
    return reach;
  }

  private shown(counted: Counted): Promise<Reach> {
    return this.database.read((tx) => reachShown(tx, counted));
  }
}

function mustBeTyped(reach: Reach, typed: number | undefined): void {
  const { count } = reach;
  if (count <= alwaysPass || (typed !== undefined && !isGrown(count, typed) && !isGrown(typed, count))) return;
  throw new ProblemError(
    'reach-unseen',
    `It would change ${count} customers. Look at what is listed, then send ${count} as "count" to do it. Nothing was changed.`,
    listed(reach),
    { reach },
  );
}

function listed({ attributes, systems, begun, ended }: Reach): NonNullable<Problem['errors']> {
  const lines = [
    { path: 'customers', code: 'begun', count: begun, detail: `${begun} customers would begin` },
    { path: 'customers', code: 'ended', count: ended, detail: `${ended} customers would become one with another` },
    ...attributes.map(({ attribute, label, changed }) => {
      const detail = `${changed} customers would get another ${label}`;
      return { path: 'golden', code: attribute, count: changed, detail };
    }),
    ...systems.flatMap(({ system, rows, made, surplus, attributes: places }) => [
      { path: system, code: 'rows', count: rows, detail: `${rows} rows would be written otherwise` },
      ...places.map(({ attribute, label, rows: own }) => {
        return { path: system, code: attribute, count: own, detail: `${label} of ${own} rows` };
      }),
      { path: system, code: 'made', count: made, detail: `${made} rows would be made` },
      { path: system, code: 'surplus', count: surplus, detail: `${surplus} rows would not belong there any more` },
    ]),
  ];
  return lines.filter(({ count }) => count > 0).map(({ count: _, ...line }) => line);
}
