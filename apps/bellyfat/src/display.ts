import { readPath, type RowData } from '@cinch/system-adapter';
import { asObject } from './as-object.ts';

export function displayName(data: RowData): string {
  const { given, middle, family } = asObject(data.person);
  const { legalName } = asObject(data.organization);
  return [given, middle, family, legalName].filter((part) => typeof part === 'string').join(' ');
}

export function primary(data: RowData, path: string): string {
  const value = readPath(data, path);
  return typeof value === 'string' ? value : '';
}
