import type { MantineColorsTuple } from '@mantine/core';

export const lagoon: MantineColorsTuple = [
  '#edf6f7',
  '#d9eaed',
  '#b1d3d9',
  '#86bbc5',
  '#63a8b4',
  '#4c9baa',
  '#3e94a4',
  '#2f8190',
  '#1b6877',
  '#0a525f',
];

/** Needs a person. */
export const amber: MantineColorsTuple = [
  '#fff4e0',
  '#ffe8c2',
  '#ffd591',
  '#ffc061',
  '#ffae3d',
  '#f99d1c',
  '#e58a0a',
  '#c06f00',
  '#9a5700',
  '#7a4300',
];

/** Is well. */
export const leaf: MantineColorsTuple = [
  '#e9f8ed',
  '#d3f0da',
  '#a6dfb4',
  '#78cd8d',
  '#54bd6e',
  '#3db25a',
  '#2f9a4b',
  '#23803c',
  '#1b6e34',
  '#155a2b',
];

/** Neither. */
export const slate: MantineColorsTuple = [
  '#eef1f3',
  '#e2e7ea',
  '#cdd4d9',
  '#b0bac1',
  '#94a0a9',
  '#7c8993',
  '#68757f',
  '#55616a',
  '#465159',
  '#384249',
];

/** Grounds and texts of the dark scheme, text first. */
export const dark: MantineColorsTuple = [
  '#d8dde0',
  '#b4bcc2',
  '#8e989f',
  '#6b757c',
  '#3d454a',
  '#343b40',
  '#262b2f',
  '#1e2225',
  '#191d1f',
  '#131618',
];
