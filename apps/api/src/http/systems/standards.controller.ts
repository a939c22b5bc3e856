import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { standardCounts, standardDays, type StandardCounts } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { modelInForce } from '../../platform/model-in-force.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';

const dayMs = 86_400_000;

type Row = Omit<StandardCounts['attributes'][number], 'label'>;

@Controller('api/v1/systems/:system/standards')
export class StandardsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly clock: Clock,
  ) {}

  /** What fails most first. */
  @Get()
  @ApiOkResponse({ standardSchema: standardCounts })
  async counts(@Param('system') code: string): Promise<StandardCounts> {
    const since = new Date(this.clock.now() - (standardDays.shown - 1) * dayMs).toISOString().slice(0, 10);
    return this.database.read(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      const model = await modelInForce(tx);
      const rows = await countsSince(tx, systemId, since);
      return { system: code, since, attributes: rows.map((row) => ({ ...row, label: model.labelOf(row.attribute) })) };
    });
  }
}

function countsSince(tx: Tx, systemId: number, since: string): Promise<Row[]> {
  const latest = (record: string) =>
    `(select r.source_key from source_record r where r.record_id = (array_agg(${record} order by day desc) filter (where ${record} is not null))[1])`;
  return tx.query<Row>(
    `select attribute, sum(passes)::bigint as passes, sum(doubted)::bigint as doubted, sum(fails)::bigint as fails,
       ${latest('doubted_record')} as "doubtedSourceId", ${latest('failed_record')} as "failedSourceId",
       json_agg(json_build_object('day', day, 'passes', passes, 'doubted', doubted, 'fails', fails) order by day desc) as days
     from standard_day where system_id = $1 and day >= $2::date group by attribute
     order by sum(fails + doubted)::numeric / sum(passes + doubted + fails) desc, attribute`,
    [systemId, since],
  );
}
