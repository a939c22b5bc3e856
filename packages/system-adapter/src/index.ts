export * from './adapter.ts';
export * from './fields.ts';
export * from './outbox.ts';
export * from './problem.ts';
export * from './protocol.ts';
