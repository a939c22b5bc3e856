export * from './create-system.ts';
export { type OwnRoutes, unknownCustomer } from './customer-api.ts';
export * from './customer-store.ts';
export * from './native-model.ts';
export * from './plan-write.ts';
export * from './run-system.ts';
