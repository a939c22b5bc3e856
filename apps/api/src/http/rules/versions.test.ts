import { matchModelVersionList, publishedMatchModel, rulesVersionList, survivorshipRules } from '@cinch/api-contract';
import { shippedModel, shippedRules } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rederive } from '../../pipeline/rederive.ts';
import { StewardDesk } from '../../../test/steward-desk.ts';

const longest = { ...shippedRules, default: { strategy: 'longest' } };
const strict = { ...shippedModel, thresholds: { ...shippedModel.thresholds, link: 3 } };

describe('the versions of rules and match model', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const put = (what: string, document: unknown, reason: string, baseVersion?: number) =>
    desk.hub.asAdmin('PUT', `/api/v1/rules/${what}`, { document, reason, baseVersion });

  it('begin with the one that ships, which is in force', async () => {
    const shipped = { version: 0, publishedBy: null, publishedAt: null, inForce: true };
    expect((await desk.get('/rules/survivorship/versions', rulesVersionList)).versions).toMatchObject([shipped]);
    expect((await desk.get('/rules/matching/versions', matchModelVersionList)).versions).toMatchObject([shipped]);
    expect(await desk.get('/rules/survivorship/versions/0', survivorshipRules)).toMatchObject({
      document: shippedRules,
    });
    expect(await desk.get('/rules/matching/versions/0', publishedMatchModel)).toMatchObject({ document: shippedModel });
  });

  it('tell who published which when and why, and lead back to an older document as a new version', async () => {
    await put('survivorship', longest, 'long names are better', 0);
    const { document } = await desk.get('/rules/survivorship/versions/0', survivorshipRules);
    const back = survivorshipRules.parse((await put('survivorship', document, 'they were not', 1)).json());
    expect(back).toMatchObject({ version: 2, document: shippedRules });
    expect((await desk.get('/rules/survivorship/versions', rulesVersionList)).versions).toMatchObject([
      { version: 2, reason: 'they were not', publishedBy: 'admin token', inForce: true },
      { version: 1, reason: 'long names are better', inForce: false },
      { version: 0, inForce: false },
    ]);
    expect(await desk.get('/rules/survivorship/versions/1', survivorshipRules)).toMatchObject({ document: longest });
  });

  it.each(['survivorship', 'matching'])(
    'are not published over one that the publisher has not seen: %s',
    async (what) => {
      const document = what === 'matching' ? strict : longest;
      const latest = () => desk.get(`/rules/${what}/versions`, rulesVersionList.or(matchModelVersionList));
      const base = (await latest()).versions[0]!.version;
      expect((await put(what, document, 'the first of two', base)).status).toBe(200);
      const second = await put(what, document, 'the second of two', base);
      expect([second.status, second.problem().code]).toEqual([409, 'version-changed']);
      expect(second.problem().detail).toBe(
        `admin token has published version ${base + 1} since you looked at version ${base}. Look at what it changed, then publish yours on top of it. Nothing was changed.`,
      );
      expect((await put(what, document, 'from the future', base + 7)).problem().detail).toMatch(/latest is/);
      expect((await latest()).versions[0]).toMatchObject({ version: base + 1, reason: 'the first of two' });
    },
  );

  it('say of a model whether records are matched by it yet', async () => {
    while (await desk.hub.hub.app.get(Rederive).next());
    const { versions } = await desk.get('/rules/matching/versions', matchModelVersionList);
    expect(versions).toMatchObject([
      { version: 1, inForce: true, appliedAt: expect.any(String) },
      { version: 0, inForce: false },
    ]);
  });

  it('answer in words that there is none of a number', async () => {
    const answer = await desk.hub.asAdmin('GET', '/api/v1/rules/matching/versions/99');
    expect([answer.status, answer.problem().detail]).toEqual([
      404,
      'There is no version 99: look at the list of versions.',
    ]);
    const words = await desk.hub.asAdmin('GET', '/api/v1/rules/survivorship/versions/latest');
    expect([words.status, words.problem().code]).toEqual([400, 'invalid-request']);
  });
});
