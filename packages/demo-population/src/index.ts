export * from './demo-copies.ts';
export * from './population.ts';
