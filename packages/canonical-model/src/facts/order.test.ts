import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf, type Entry, type Epoch, type OfferEntry, type ReceiptEntry } from './entry.ts';
import { Order, type Telling } from './timeline.ts';
import { propertyRuns } from './fixtures.ts';

/** Where an entry stands: its version, if its row has one, and its instant. Its content is the name that the tests call it by. */
interface Place {
  version?: number;
  at: number;
}

const told =
  (kind: 'push' | 'heard' | 'patch' | 'delete') =>
  (content: string, { version, at }: Place) =>
    ({ kind, content, version: version ?? null, at, native: kind === 'delete' ? null : {} }) as Telling;
const [push, heard, patch, end] = [told('push'), told('heard'), told('patch'), told('delete')] as const;

const increment = (content: string, { version, at }: Place, eventId = content): Telling => {
  return { kind: 'increment', content, version: version!, at, eventId, native: { points: 1 } };
};
const offer = (content: string, at: number, base: Entry | string | null): OfferEntry => ({
  kind: 'offer',
  content,
  version: null,
  at,
  base: base === null || typeof base === 'string' ? base : positionOf(base),
  deliveryId: content,
  carried: {},
});
const answer = (content: string, deliveryId: string, { version, at }: Place, native: null | object): ReceiptEntry => {
  const row = native as ReceiptEntry['native'];
  return { kind: 'receipt', content, version: version ?? null, at, deliveryId, native: row, refused: {} };
};
const refusal = (content: string, deliveryId: string, at: number) => answer(content, deliveryId, { at }, null);
const receipt = (content: string, deliveryId: string, place: Place) => answer(content, deliveryId, place, {});

/** Every order, by the entries' names, that some arrival of them leads to: repeated, and in whatever order. */
function ordersOf(entries: readonly Entry[], epochs: readonly Epoch[] = []): string[] {
  const twice = [...entries, ...entries];
  const arrivals = fc.sample(fc.shuffledSubarray(twice, { minLength: twice.length }), { ...propertyRuns, numRuns: 20 });
  const named = arrivals.map((arrived) => new Order(epochs).of(arrived).map((entry) => entry.content));
  return [...new Set(named.map((names) => names.join(' ')))];
}

describe('the order of rows (rule 2)', () => {
  it('versions go before clocks', () => {
    expect(ordersOf([push('first', { version: 1, at: 30 }), push('second', { version: 2, at: 20 })])).toEqual([
      'first second',
    ]);
  });

  it('at one version: what was told in part, by time and then by content, then the whole row, then its end', () => {
    const entries = [
      end('end', { version: 1, at: 1 }),
      push('whole', { version: 1, at: 2 }),
      increment('sale', { version: 1, at: 3 }),
      patch('c', { version: 1, at: 4 }),
      patch('a', { version: 1, at: 4 }),
      patch('b', { version: 1, at: 4 }),
    ];
    expect(ordersOf(entries)).toEqual(['sale a b c whole end']);
  });

  it('rows without versions stand by their instants, at one instant by content; what ends the row comes last', () => {
    const entries = [
      push('late', { at: 30 }),
      push('early', { at: 10 }),
      heard('b', { at: 20 }),
      push('c', { at: 20 }),
      push('a', { at: 20 }),
      patch('part', { at: 20 }),
      end('end', { at: 20 }),
    ];
    expect(ordersOf(entries)).toEqual(['early part a b c end late']);
  });

  it('a row without a version stands after the last versioned one that is not later than it', () => {
    const entries = [
      push('v1', { version: 1, at: 10 }),
      push('v2', { version: 2, at: 20 }),
      push('v3', { version: 3, at: 15 }),
      push('before', { at: 5 }),
      push('at-v1', { at: 10 }),
      push('between', { at: 17 }),
      push('after', { at: 25 }),
    ];
    expect(ordersOf(entries)).toEqual(['before v1 at-v1 v2 v3 between after']);
  });

  it('of two whole rows of one version the later changed counts; of one row told at two instants the later', () => {
    const early = push('a', { version: 1, at: 20 });
    expect(ordersOf([early, heard('b', { version: 1, at: 30 })])).toEqual(['b']);
    const later = push('a', { version: 1, at: 25 });
    for (const both of [
      [early, later],
      [later, early],
    ])
      expect(new Order([]).of(both)).toEqual([later]);
  });

  it('of a row and the answer that shows the same row the answer counts, of two answers always the same one', () => {
    const place = { version: 2, at: 20 };
    const [first, second] = [receipt('row', '0d1', place), receipt('row', '0d2', place)];
    const entries = [push('row', place), first, second, heard('row', place)];
    const arrivals = [entries, entries.toReversed(), [entries[2]!, entries[0]!, entries[1]!]];
    for (const arrived of arrivals) expect(new Order([]).of(arrived)).toEqual([entries[2]]);
  });

  it('an event counts once, by its first telling', () => {
    const entries = [
      increment('first', { version: 1, at: 10 }, 'sale'),
      increment('second', { version: 2, at: 20 }, 'sale'),
      increment('other', { version: 3, at: 30 }),
    ];
    expect(ordersOf(entries)).toEqual(['first other']);
  });
});

/** Accepted as this line of this call. */
const accepted = <One extends Entry>(entry: One, call: number, line = 1): One => {
  return { ...entry, acceptance: { call, line } };
};
/** Nobody stated a time: it stands where it was accepted. */
const untimed = <One extends Entry>(entry: One, call: number, line = 1, eventId?: string): One => {
  return { ...accepted(entry, call, line), timing: 'accepted', ...(eventId && { eventId }) };
};

describe('acceptance decides where versions and times do not (rule 2)', () => {
  it('at one instant, of one version, and where nobody states either, what was accepted later has the last word', () => {
    expect(ordersOf([accepted(push('z', { at: 20 }), 1), accepted(push('a', { at: 20 }), 2)])).toEqual(['z a']);
    const version = { version: 1, at: 20 };
    expect(ordersOf([accepted(push('z', version), 1, 1), accepted(push('a', version), 1, 2)])).toEqual(['a']);
    const parts = [accepted(patch('z', version), 1), accepted(patch('a', version), 2)];
    expect(ordersOf(parts)).toEqual(['z a']);
  });

  it('deletes included: made again right after its end a row lives, ended right after it was made it does not', () => {
    const at = { at: 20 };
    expect(ordersOf([untimed(end('end', at), 7, 1), untimed(push('again', at), 7, 2)])).toEqual(['end again']);
    expect(ordersOf([untimed(push('made', at), 7, 1), untimed(end('end', at), 7, 2)])).toEqual(['made end']);
    expect(ordersOf([untimed(push('made', at), 7, 1), untimed(patch('part', at), 7, 2)])).toEqual(['made part']);
  });

  it('a row with a version and one without that are accepted at one instant stand in the order of their acceptance', () => {
    const [ended, made] = [untimed(end('end', { at: 20 }), 7, 1), untimed(push('v5', { version: 5, at: 20 }), 7, 2)];
    expect(ordersOf([ended, made])).toEqual(['end v5']);
  });

  it('a repeat keeps its first acceptance: the row of a version, and an event that comes again', () => {
    const version = { version: 1, at: 20 };
    const rows = [push('z', version), push('a', version), push('z', version)];
    expect(ordersOf(rows.map((row, index) => accepted(row, index + 1)))).toEqual(['a']);
    const later = { version: 1, at: 50 };
    expect(ordersOf([untimed(rows[0]!, 1), untimed(rows[1]!, 2), untimed(push('z', later), 3)])).toEqual(['a']);
    const events = [push('z', { at: 20 }), push('a', { at: 21 }), push('z', { at: 22 })];
    expect(ordersOf(events.map((row, index) => untimed(row, index, 1, row.content)))).toEqual(['z a']);
    const ends = [end('end', { at: 20 }), push('again', { at: 21 }), end('end', { at: 22 })];
    expect(ordersOf(ends.map((row, index) => untimed(row, index, 1, row.content)))).toEqual(['end again']);
  });

  it('what nothing shows to be a repeat was said once more: A, B, A ends with A', () => {
    const lines = [push('a', { at: 20 }), push('b', { at: 20 }), push('a', { at: 20 })];
    expect(ordersOf(lines.map((row, index) => untimed(row, 7, index)))).toEqual(['b a']);
  });

  it('events of one call happen in their order, those too that say the same: ended, made again, ended once more', () => {
    const at = { at: 20 };
    const events = [end('end', at), push('again', at), end('end', at)];
    expect(ordersOf(events.map((event, line) => untimed(event, 7, line, `e${line}`)))).toEqual(['again end']);
    const rows = [push('a', at), push('b', at), push('a', at), push('c', at), push('a', { at: 25 })];
    const [first, ...others] = rows.map((row, line) => untimed(row, line, 1, `e${line}`));
    // The first event comes once more, when all is over.
    expect(ordersOf([first!, ...others.slice(0, 3), { ...others[3]!, eventId: 'e0' }])).toEqual(['b a c']);
  });

  it('a clock that was set back does not put what was accepted later before what was accepted earlier', () => {
    const [first, second] = [untimed(push('first', { at: 50 }), 1), untimed(push('second', { at: 10 }), 2)];
    expect(ordersOf([first, second, push('stated', { at: 30 })])).toEqual(['stated first second']);
  });

  it('rows of one load stand by the times that they state, then by their lines', () => {
    const loaded = (content: string, saidAt: number | null, line: number): Telling => {
      return { ...accepted(push(content, { at: 90 }), 4, line), timing: 'loaded', saidAt } as Telling;
    };
    expect(ordersOf([loaded('b', 20, 1), loaded('a', 10, 2)])).toEqual(['a b']);
    expect(ordersOf([loaded('b', null, 1), loaded('a', null, 2), push('stated', { at: 89 })])).toEqual(['stated b a']);
  });

  it('an event counts by its first telling, whatever its text', () => {
    const [tenth, ninth] = [
      increment('tenth', { version: 10, at: 1 }, 'sale'),
      increment('ninth', { version: 9, at: 1 }, 'sale'),
    ];
    expect(ordersOf([accepted(ninth, 1), accepted(tenth, 2)])).toEqual(['ninth']);
  });

  it('in whatever order it is worked on: few versions, instants and contents, many ties', () => {
    const few = fc.integer({ min: 1, max: 2 });
    const entry = fc.record({
      make: fc.constantFrom(push, heard, patch, end),
      content: fc.constantFrom('a', 'b', 'c'),
      version: fc.option(few, { nil: undefined }),
      at: few,
      timing: fc.constantFrom('stated' as const, 'accepted' as const, 'loaded' as const),
      eventId: fc.option(fc.constantFrom('e1', 'e2'), { nil: null }),
    });
    const told = fc.array(entry, { minLength: 2, maxLength: 7 }).map((entries) =>
      entries.map(({ make, content, version, at, timing, eventId }, line): Entry => {
        const made = make(content, version === undefined ? { at } : { version, at });
        return { ...accepted(made, 1, line), timing, ...(eventId && { eventId }) };
      }),
    );
    fc.assert(
      fc.property(
        told.chain((entries) =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray([...entries, ...entries], { minLength: entries.length * 2 }),
          ),
        ),
        ([entries, shuffled]) => {
          expect(new Order([]).of(shuffled)).toEqual(new Order([]).of(entries));
        },
      ),
      propertyRuns,
    );
  });
});

describe('a system that was set back (rules 2 and 7)', () => {
  const epochs = [{ setBackTo: 15, restoredAt: 30 }];

  it('what it says from the instant of the restore on follows all else, though its versions are lower', () => {
    const entries = [
      push('v1', { version: 1, at: 10 }),
      push('v5', { version: 5, at: 20 }),
      push('new-v2', { version: 2, at: 30 }),
      push('new-v3', { version: 3, at: 35 }),
      push('new-v4', { version: 4, at: 33 }),
    ];
    expect(ordersOf(entries, epochs)).toEqual(['v1 v5 new-v2 new-v3 new-v4']);
  });

  it('a version that it counts for the second time is another row', () => {
    expect(ordersOf([push('z', { version: 2, at: 20 }), push('a', { version: 2, at: 31 })], epochs)).toEqual(['z a']);
  });
});

describe('offers to a system that was set back (rules 7 and 8)', () => {
  const epochs = [{ setBackTo: 15, restoredAt: 30 }];
  const [v1, v5] = [push('v1', { version: 1, at: 10 }), push('v5', { version: 5, at: 20 })];
  const [new2, new3] = [push('new-v2', { version: 2, at: 31 }), push('new-v3', { version: 3, at: 40 })];

  it('an offer made after the restore over a row of before stands after all that was told before the restore', () => {
    expect(ordersOf([v1, v5, new2, offer('offer', 35, v1)], epochs)).toEqual(['v1 v5 offer new-v2']);
  });

  it('an offer over a row of after the restore stands right after that row', () => {
    expect(ordersOf([v1, v5, new2, new3, offer('offer', 45, new2)], epochs)).toEqual(['v1 v5 new-v2 offer new-v3']);
  });

  it('an offer made before the restore stays with its base', () => {
    expect(ordersOf([v1, v5, new2, offer('offer', 25, v1)], epochs)).toEqual(['v1 offer v5 new-v2']);
  });
});

describe('where offers and their answers stand (rules 2 and 8)', () => {
  const [v1, v2] = [push('v1', { version: 1, at: 10 }), push('v2', { version: 2, at: 20 })];

  it('an offer stands right after its base, though a row that the hub did not know of yet was earlier', () => {
    expect(ordersOf([v1, v2, offer('offer', 25, v1)])).toEqual(['v1 offer v2']);
  });

  it('an offer that is to make a record stands before all rows', () => {
    expect(ordersOf([v1, offer('offer', 25, null)])).toEqual(['offer v1']);
  });

  it('offers over one base stand by their instants, at one instant by content', () => {
    expect(ordersOf([v1, v2, offer('b', 25, v1), offer('c', 22, v1), offer('a', 25, v1)])).toEqual(['v1 c a b v2']);
  });

  it('two deliveries of one instant that carry the same are two offers', () => {
    const same = offer('same', 25, v1);
    expect(ordersOf([v1, { ...same, deliveryId: 'd1' }, { ...same, deliveryId: 'd2' }])).toEqual(['v1 same same']);
  });

  it('an offer over a row that gave way to another of its version stands after that one', () => {
    const [lesser, greater] = [push('a', { version: 1, at: 10 }), push('b', { version: 1, at: 10 })];
    expect(ordersOf([lesser, greater, v2, offer('offer', 25, lesser)])).toEqual(['b offer v2']);
  });

  it('an offer over one of several parts of a version stands right after that part', () => {
    const parts = [patch('p1', { version: 1, at: 11 }), patch('p2', { version: 1, at: 12 })];
    expect(ordersOf([...parts, v2, offer('offer', 25, parts[0]!)])).toEqual(['p1 offer p2 v2']);
  });

  it.each([
    { at: 15, names: 'v1 offer v2' },
    { at: 20, names: 'v1 v2 offer' },
    { at: 5, names: 'offer v1 v2' },
  ])('an offer at $at whose base is not in the timeline stands by its instant: $names', ({ at, names }) => {
    expect(ordersOf([v1, v2, offer('offer', at, 'gone')])).toEqual([names]);
  });

  it('an answer that made no version stands right after its own offer, once, by its instant', () => {
    const entries = [
      v1,
      v2,
      offer('d1', 12, v1),
      offer('d2', 22, v2),
      refusal('no-2', 'd2', 40),
      refusal('no-1-again', 'd1', 50),
      refusal('no-1', 'd1', 30),
    ];
    expect(ordersOf(entries)).toEqual(['v1 d1 no-1 no-1-again v2 d2 no-2']);
  });

  it('an answer that shows a new version stands among the rows', () => {
    expect(ordersOf([v1, v2, offer('d1', 12, v1), receipt('v3', 'd1', { version: 3, at: 5 })])).toEqual([
      'v1 d1 v2 v3',
    ]);
  });
});

describe('the name of an entry', () => {
  it('differs where version, time or content differ, and is the same in every telling', () => {
    const place = { version: 1, at: 10, content: 'a' };
    const others = [
      { ...place, version: 2 },
      { ...place, version: null },
      { ...place, at: 11 },
      { ...place, content: 'b' },
    ];
    expect(new Set([place, ...others].map(positionOf)).size).toBe(5);
    expect(positionOf({ ...place })).toBe(positionOf(place));
  });

  // Decisions and offers are stored with it.
  it.each([
    [7, '7.420000.9f'],
    [null, '-.420000.9f'],
  ])('of version %s reads %s, now and later', (version, name) => {
    expect(positionOf({ version, at: 420_000, content: '9f' })).toBe(name);
  });
});
