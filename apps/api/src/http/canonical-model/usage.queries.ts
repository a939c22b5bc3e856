import { Injectable } from '@nestjs/common';
import type { AttributeUsage } from '@cinch/api-contract';
import type { Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { RulesStore } from '../../stages/rules/rules.store.ts';

interface Counted {
  customers: number;
  conflicts: number;
  pins: number;
}

/** What stands of one attribute, or of the items of a list. */
@Injectable()
export class UsageQueries {
  constructor(private readonly rules: RulesStore) {}

  async of(tx: Tx, id: string, model: Model, now: number): Promise<AttributeUsage> {
    const isList = model.listOf(id) !== undefined;
    const [named, counted] = await Promise.all([this.named(tx, id), this.counted(tx, id, isList, now)]);
    return { ...named, ...counted };
  }

  private async named(tx: Tx, id: string): Promise<Pick<AttributeUsage, 'mappings' | 'scopes' | 'rule'>> {
    const [systems, { document: rules }] = await Promise.all([
      tx.query<{ code: string; mapped: boolean; scoped: boolean }>(
        `select s.code, jsonb_path_exists(s.scope::jsonb, '$.** ? (@.attribute == $id)', t.vars) as scoped,
           coalesce(jsonb_path_exists(m.document::jsonb, '$.attributes[*] ? (@.attribute == $id)', t.vars)
             or jsonb_path_exists(m.document::jsonb, '$.lists[*] ? (@.list == $id)', t.vars), false) as mapped
         from (select jsonb_build_object('id', $1::text) as vars) t cross join system s
         left join mapping m on m.system_id = s.system_id and m.version = s.mapping_version order by s.code`,
        [id],
      ),
      this.rules.inForce(tx),
    ]);
    return {
      mappings: systems.flatMap(({ code, mapped }) => (mapped ? [code] : [])),
      scopes: systems.flatMap(({ code, scoped }) => (scoped ? [code] : [])),
      rule: Object.hasOwn(rules.attributes, id),
    };
  }

  /** Items are named by their list and their key. The text is looked at first: few golden records have most attributes. */
  private async counted(tx: Tx, id: string, isList: boolean, now: number): Promise<Counted> {
    const names = `(k = $1 or ($2 and starts_with(k, $1 || ':')))`;
    const [row] = await tx.query<Counted>(
      `select
         (select count(*)::int from golden g where strpos(g.attributes, to_json($1::text)::text || ':') > 0 or ($2 and strpos(g.attributes, '"' || $1 || ':') > 0)
            and exists (select 1 from json_object_keys(g.attributes::json) k where ${names})) as customers,
         (select count(*)::int from conflict c, lateral (select c.attribute as k) a where c.closed_at is null and ${names}) as conflicts,
         (select count(*)::int from decision d, lateral (select d.body::json ->> 'attribute' as k) a
            where d.kind = 'pin' and d.undone_at is null and coalesce((d.body::json ->> 'until')::bigint > $3, true) and ${names}) as pins`,
      [id, isList, now],
    );
    return row!;
  }
}
