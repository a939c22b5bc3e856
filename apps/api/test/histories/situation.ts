import type { Candidate, ChangeRequest } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { systemCodes, type House, type SystemCode } from './house.ts';
import { indexOf } from './values.ts';

export interface KnownRecord {
  recordId: number;
  system: SystemCode;
  key: string | null;
  customerId: number;
  publicId: string;
  follows: number | null;
  /** It is there, as far as the hub knows, and takes part in mastering. */
  live: boolean;
  excluded: boolean;
}

interface Open {
  customerId: number;
}

export interface OpenConflict extends Open {
  conflictId: number;
  attribute: string;
  cause: string;
  candidates: Candidate[];
}

export interface OpenRequest extends Open {
  requestId: number;
  attribute: ChangeRequest['attribute'];
  owner: SystemCode;
  state: string;
}

interface StandingDecision {
  decisionId: number;
  kind: string;
  records: number[];
}

/** What there is of one customer of the test: its rows in the systems, and what the hub made of them. */
export interface Situation {
  rows: { system: SystemCode; row: AdapterRow }[];
  records: KnownRecord[];
  conflicts: OpenConflict[];
  requests: OpenRequest[];
  decisions: StandingDecision[];
}

/** Looks at everything at once and tells each customer’s part of it. */
export class Lookout {
  /** Whose each row is, by system and key: a delete event names no customer. */
  readonly owners = new Map<string, number>();

  constructor(private readonly house: House) {}

  async look(customers: number): Promise<Situation[]> {
    const situations = Array.from({ length: customers }, (): Situation => {
      return { rows: [], records: [], conflicts: [], requests: [], decisions: [] };
    });
    for (const system of systemCodes) {
      for (const row of await this.house.rows(system)) {
        const index = indexOf(row.data);
        this.owners.set(`${system} ${row.key}`, index);
        situations[index]!.rows.push({ system, row });
      }
    }
    const records = await this.records();
    const place = new Map<number, number>();
    for (const record of records) {
      const index = this.owners.get(`${record.system} ${record.key}`) ?? place.get(record.follows!);
      if (index === undefined) throw new Error(`Nobody knows whose record ${record.recordId} is.`);
      place.set(record.recordId, index);
      situations[index]!.records.push(record);
    }
    const byCustomer = new Map(records.map((record) => [record.customerId, place.get(record.recordId)!]));
    for (const one of await this.conflicts()) situations[byCustomer.get(one.customerId)!]!.conflicts.push(one);
    for (const one of await this.requests()) situations[byCustomer.get(one.customerId)!]!.requests.push(one);
    for (const one of await this.decisions()) situations[place.get(one.records[0]!)!]!.decisions.push(one);
    return situations;
  }

  private records(): Promise<KnownRecord[]> {
    return this.house.query<KnownRecord>(
      `select r.record_id as "recordId", s.code as system, r.source_key as key, r.customer_id as "customerId", c.public_id as "publicId", r.founded_by as follows, r.excluded,
              r.source_key is not null and not r.excluded and r.deleted is null
                and r.confirmed_gone is distinct from r.head_position as live
       from source_record r join system s using (system_id) join customer c using (customer_id) order by 1`,
    );
  }

  private async conflicts(): Promise<OpenConflict[]> {
    const rows = await this.house.query<Omit<OpenConflict, 'candidates'> & { candidates: string }>(
      `select conflict_id as "conflictId", customer_id as "customerId", attribute, cause, candidates from conflict
       where closed_at is null order by 1`,
    );
    return rows.map((row) => ({ ...row, candidates: JSON.parse(row.candidates) as Candidate[] }));
  }

  private requests(): Promise<OpenRequest[]> {
    return this.house.query<OpenRequest>(
      `select request_id as "requestId", customer_id as "customerId", attribute, owner, state from change_request
       where closed_at is null order by 1`,
    );
  }

  private decisions(): Promise<StandingDecision[]> {
    return this.house.query<StandingDecision>(
      'select decision_id as "decisionId", kind, records from decision where undone_at is null order by 1',
    );
  }
}
