// The path language and its values: a system needs nothing else of the canonical model.
export { type Json, type ParsedPath, readPath } from '@cinch/canonical-model';
export * from './adapter.ts';
export * from './fields.ts';
export * from './outbox.ts';
export * from './problem.ts';
export * from './protocol.ts';
