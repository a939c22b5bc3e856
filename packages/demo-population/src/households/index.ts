export type { HouseholdRecord } from './copies.ts';
export { households } from './households.ts';
export { sureContradictions } from './sure-contradictions.ts';
