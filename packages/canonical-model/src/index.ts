export * from './json.ts';
export * from './customer/attributes.ts';
export * from './mapping/lens.ts';
export * from './mapping/path.ts';
