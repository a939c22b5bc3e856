import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WalkingHub } from './walking-hub.ts';

describe('the demo customers walk', () => {
  let hub: WalkingHub;
  beforeAll(async () => {
    hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
  });
  afterAll(() => hub?.stop());

  it('both systems are heard, linked and refreshed to equal', async () => {
    console.log(await hub.refresh('adipose'));
    console.log(await hub.refresh('bellyfat'));
    console.log(await hub.refresh('adipose'));
    console.log(await hub.query('select count(*) as customers from customer where state = $1', ['live']));
    console.log(await hub.query(`select kind, outcome, code, count(*) from refresh_item group by 1,2,3`));
    console.log(await hub.query(`select attribute, count(*) from conflict group by 1`));
    console.log(await hub.query(`select code, path, detail from error_entry limit 5`));
    expect(1).toBe(1);
  });
});
