import {
  changeSetCheck,
  changeSetList,
  mappingPublished,
  publishedCanonicalModel,
  survivorshipRules,
  systemList,
  type ChangeSetCheck,
  type ProposedDocument,
} from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StewardDesk, type SystemCode } from '../../../test/steward-desk.ts';

const path = '/api/v1/change-sets';
interface Model {
  attributes: { id: string; retired?: boolean; label?: string }[];
}
interface Mapping {
  attributes: { attribute: string; path?: string }[];
}
interface Rules {
  attributes: Record<string, object>;
}

describe('several documents as one change set', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const row = { given: 'Kim', family: 'Moe', email: 'kim@example.com', phone: '+12025550151', trade: 'Baker' };
    await desk.push('bellyfat', 'k_1', row);
    await desk.push('adipose', 'K-1', row);
  });
  afterAll(() => desk?.close());

  const model = async (change: (document: Model) => void): Promise<ProposedDocument> => {
    const { document, version } = await desk.get('/canonical-model', publishedCanonicalModel);
    return { kind: 'canonicalModel', document: changedBy(document, change), baseVersion: version };
  };
  const mapping = async (system: SystemCode, change: (document: Mapping) => void): Promise<ProposedDocument> => {
    const { document, version } = await desk.get(`/systems/${system}/mapping`, mappingPublished);
    return { kind: 'mapping', system, document: changedBy(document, change), baseVersion: version };
  };
  const rules = async (change: (document: Rules) => void): Promise<ProposedDocument> => {
    const { document, version } = await desk.get('/rules/survivorship', survivorshipRules);
    return { kind: 'survivorship', document: changedBy(document, change), baseVersion: version };
  };
  const scope = async (system: SystemCode, document: object): Promise<ProposedDocument> => {
    const { systems } = await desk.get('/systems', systemList);
    const { scopeVersion } = systems.find(({ code }) => code === system)!;
    return { kind: 'scope', system, document: document as never, baseVersion: scopeVersion };
  };
  const check = async (...documents: ProposedDocument[]): Promise<ChangeSetCheck> =>
    changeSetCheck.parse((await desk.hub.asAdmin('POST', `${path}/check`, { documents })).json());
  const publish = (documents: ProposedDocument[], more: object = {}) =>
    desk.hub.asAdmin('POST', path, { documents, reason: 'We sell to trades now', ...more });
  const published = async () => (await desk.get('/change-sets', changeSetList)).changeSets;
  const versions = async () => {
    const { systems } = await desk.get('/systems', systemList);
    return [
      (await desk.get('/canonical-model', publishedCanonicalModel)).version,
      (await desk.get('/rules/survivorship', survivorshipRules)).version,
      ...systems.map((one) => [one.code, one.mappingVersion, one.scopeVersion]),
    ];
  };

  const occupation = { id: 'occupation', number: 20, label: 'Occupation', shape: 'text' };
  const adding = () =>
    Promise.all([
      model(({ attributes }) => void attributes.push(occupation)),
      mapping('adipose', ({ attributes }) => void attributes.push({ attribute: 'occupation', path: 'trade' })),
      mapping('bellyfat', ({ attributes }) => void attributes.push({ attribute: 'occupation', path: 'trade' })),
      rules(({ attributes }) => void (attributes['occupation'] = { strategy: 'longest' })),
    ]);

  it('takes an attribute with the mappings and the rule that name it, each of which alone is refused', async () => {
    const [canonical, adipose, bellyfat, survivorship] = await adding();
    for (const one of [adipose, survivorship]) {
      const { problems, reach } = await check(one);
      expect([problems.map(({ code }) => code), reach]).toEqual([['unknown-attribute'], null]);
      expect((await publish([one])).status).toBe(422);
    }
    const documents = [canonical, survivorship, bellyfat, adipose];
    const foreseen = await check(...documents);
    expect(foreseen).toMatchObject({ problems: [], reach: { attributes: [{ attribute: 'occupation', changed: 1 }] } });
    const answer = await publish(documents);
    expect([answer.status, answer.json()]).toMatchObject([
      201,
      {
        reason: 'We sell to trades now',
        documents: [
          { kind: 'canonicalModel', system: null, version: 1, before: 0 },
          { kind: 'mapping', system: 'adipose', version: 3, before: 2 },
          { kind: 'mapping', system: 'bellyfat', version: 3, before: 2 },
          { kind: 'survivorship', system: null, version: 1, before: 0 },
        ],
      },
    ]);
    expect((await published())[0]).toEqual(answer.json());
  });

  it('changes just what was foreseen of it', async () => {
    const at = await desk.customerOf('K-1');
    await vi.waitFor(
      async () => expect((await desk.hub.asAdmin('GET', `/api/v1/customers/${at}`)).text).toContain('Baker'),
      { timeout: 20_000 },
    );
  });

  it('retires an attribute with the scope and the rule that ask for it, and is refused with both where they stay', async () => {
    const before = [
      await scope('bellyfat', { create: { attribute: 'occupation', is: 'Baker' }, keep: 'everybody' }),
      await rules(({ attributes }) => void (attributes['birthDate'] = { strategy: 'follow', attribute: 'occupation' })),
    ];
    expect((await publish(before)).status).toBe(201);
    const retiring = await model(({ attributes }) => {
      attributes.find(({ id }) => id === 'occupation')!.retired = true;
    });
    const { document } = retiring;
    const looked = await desk.hub.asAdmin('POST', '/api/v1/canonical-model/check', { document });
    expect(looked.text, 'the check of the model alone says so before').toContain('scope bellyfat/create/attribute');
    const alone = await desk.hub.asAdmin('PUT', '/api/v1/canonical-model', { document, reason: 'No trades any more' });
    expect([alone.status, alone.problem().code]).toEqual([422, 'canonical-model-invalid']);
    expect(alone.problem().errors!.map((one) => one.path)).toEqual([
      'scope bellyfat/create/attribute',
      'survivorship/attributes/birthDate/attribute',
    ]);
    const { problems } = await check(retiring, await scope('bellyfat', { create: 'nobody', keep: 'everybody' }));
    expect(problems).toMatchObject([{ kind: 'survivorship', system: null, inSet: false, code: 'unknown-attribute' }]);

    const together = [
      retiring,
      await scope('bellyfat', { create: 'nobody', keep: 'everybody' }),
      await rules(({ attributes }) => void delete attributes['birthDate']),
      await mapping('adipose', (all) => {
        all.attributes = all.attributes.filter(({ attribute }) => attribute !== 'occupation');
      }),
    ];
    const answer = await publish(together);
    // What is not in the set is read by the new model too; nothing is published twice.
    expect(answer.json()).toMatchObject({
      documents: [
        { kind: 'canonicalModel', version: 2 },
        { kind: 'mapping', system: 'adipose', version: 4 },
        { kind: 'mapping', system: 'bellyfat', version: 4 },
        { kind: 'scope', system: 'bellyfat', version: 2, document: { create: 'nobody', keep: 'everybody' } },
        { kind: 'survivorship', version: 3 },
      ],
    });
  });

  it('lists every mistake of every document at once, each with its place', async () => {
    const documents: ProposedDocument[] = [
      await model(({ attributes }) => void (attributes[1]!.label = '')),
      { kind: 'survivorship', document: { default: { strategy: 'coin-flip' } }, baseVersion: 0 },
      { kind: 'mapping', system: 'adipose', document: { format: 1 }, baseVersion: 4 },
      { kind: 'scope', system: 'depot', document: { create: 'everybody' }, baseVersion: 0 },
      await scope('adipose', { create: { kind: 'robot' } }),
      await scope('adipose', { create: 'nobody' }),
    ];
    const before = await versions();
    const answer = await publish(documents);
    expect([answer.status, answer.problem().code]).toEqual([422, 'change-set-invalid']);
    const found = answer.problem().errors!.map((one) => `${one.path} ${one.code}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'canonicalModel/attributes/1/label bad-form',
        'survivorship version-changed',
        'mapping adipose/system missing',
        'scope depot unknown-system',
        'scope adipose/create/kind bad-form',
        'scope adipose named-twice',
      ]),
    );
    expect(found.some((one) => one.startsWith('survivorship/default'))).toBe(true);
    expect(await versions()).toEqual(before);
  });

  it('does not call unknown what a model with mistakes of its own declares', async () => {
    const trade = { ...occupation, id: 'trade', number: 21, label: '' };
    const { problems } = await check(
      await model(({ attributes }) => void attributes.push(trade)),
      await mapping('adipose', ({ attributes }) => void attributes.push({ attribute: 'trade', path: 'job' })),
    );
    expect(problems.map(({ kind, path: place }) => [kind, place])).toEqual([
      ['canonicalModel', '/attributes/13/label'],
    ]);
  });

  it('refuses the whole set for one document that was made from an older version', async () => {
    const stale = { ...(await mapping('adipose', () => undefined)), baseVersion: 1 };
    const fresh = await rules(({ attributes }) => void (attributes['birthDate'] = { strategy: 'most-recent' }));
    const before = await versions();
    const answer = await publish([fresh, stale]);
    expect([answer.status, answer.problem().code]).toEqual([409, 'version-changed']);
    expect(answer.problem().errors).toMatchObject([{ path: 'mapping adipose', code: 'version-changed' }]);
    expect(await versions()).toEqual(before);
  });

  it('lets one of two that are published at once win as a whole', async () => {
    const both = await Promise.all(
      [1, 2].map(async (n) => [
        await rules(
          ({ attributes }) => void (attributes['birthDate'] = { strategy: n === 1 ? 'most-recent' : 'longest' }),
        ),
        await scope('adipose', { create: n === 1 ? 'nobody' : 'everybody', keep: 'everybody' }),
      ]),
    );
    const answers = await Promise.all(both.map((documents) => publish(documents)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const { document } = await desk.get('/rules/survivorship', survivorshipRules);
    const { systems } = await desk.get('/systems', systemList);
    const winner = answers[0]!.status === 201 ? ['most-recent', 'nobody'] : ['longest', 'everybody'];
    const rule = (document as unknown as Record<string, Record<string, { strategy: string }>>)['attributes']![
      'birthDate'
    ];
    expect([rule!.strategy, systems.find(({ code }) => code === 'adipose')!.scope.create]).toEqual(winner);
  });

  it('leaves none where the last document fails', async () => {
    const { Database } = await import('../../platform/transaction.ts');
    const inHub = desk.hub.hub.app.get(Database);
    const forbid = `create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`;
    await inHub.transaction(async (tx) => {
      await tx.query(forbid);
      await tx.query('create trigger refuse before insert on rules for each row execute function refuse()');
    });
    const before = [await versions(), (await published()).length];
    const answer = await publish([
      await scope('bellyfat', { create: 'everybody', keep: 'everybody' }),
      await mapping('bellyfat', () => undefined),
      await rules(({ attributes }) => void (attributes['birthDate'] = { strategy: 'longest' })),
    ]);
    expect(answer.status).toBe(500);
    expect([await versions(), (await published()).length]).toEqual(before);
    await inHub.transaction(async (tx) => void (await tx.query('drop trigger refuse on rules')));
  });

  it('tells of each single document that was published, too', async () => {
    const { document } = await desk.get('/rules/survivorship', survivorshipRules);
    await desk.hub.asAdmin('PUT', '/api/v1/rules/survivorship', { document, reason: 'As it was' });
    const [latest] = await published();
    expect(latest).toMatchObject({ reason: 'As it was', documents: [{ kind: 'survivorship' }] });
  });
});

function changedBy<Document>(document: unknown, change: (document: Document) => void): never {
  const copy = structuredClone(document) as Document;
  change(copy);
  return copy as never;
}
