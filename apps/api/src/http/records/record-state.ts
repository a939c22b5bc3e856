/** SQL on `source_record r`: its system deleted it, or a steward confirmed that it is gone. */
export const isTombstoned = '(r.deleted is not null or r.confirmed_gone = r.head_position) is true';

/** SQL on `source_record r`: its state as the contract names it. */
export const recordState = `case when r.excluded then 'excluded' when r.deleted is not null then 'deleted'
  when r.confirmed_gone = r.head_position then 'confirmed-deleted' when r.old_in_load is not null then 'old' else r.state end`;
