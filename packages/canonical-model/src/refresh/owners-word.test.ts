import { describe, expect, it } from 'vitest';
import { RecordHistory } from '../facts/fixtures.ts';
import type { Phase } from '../customer/shapes/phase.ts';
import { viewDifference, type GoldenForView } from './view.ts';

function goldenPhase(value: Phase): GoldenForView {
  const from = { recordId: 9, position: 'p' };
  const lifecycle = {
    value,
    rule: 'transition' as const,
    from,
    at: 0,
    decisionId: null,
    owner: 'adipose',
    losers: [],
    flip: null,
  };
  return { kind: 'person', attributes: { lifecycle }, held: [], requests: [] };
}

describe('what the owner of a value said, over which another value was delivered', () => {
  const changesFor = (phase: Phase) => {
    const history = new RecordHistory('adipose', 1, { status: 'A' }).push(10);
    const supplier = { recordId: 2, decisionId: null };
    history.offer(15, 'd1', { lifecycle: 'dormant' }, supplier).receipt(16, 'd1', { status: 'I' });
    const record = { recordId: history.recordId, ...history.fold().state };
    return viewDifference(goldenPhase(phase), record, history.lens).changes;
  };

  it('goes back into its row once it is golden again', () => {
    expect(changesFor('active')).toMatchObject([{ path: 'status', from: 'I', to: 'A' }]);
  });

  it('stays replaced while another value is golden', () => {
    expect(changesFor('former')).toEqual([]);
  });
});
