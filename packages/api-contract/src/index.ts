export * from './problems.ts';
export * from './intake.ts';
export * from './systems.ts';
export * from './customers.ts';
export * from './conflicts.ts';
export * from './refreshes.ts';
export * from './session.ts';
