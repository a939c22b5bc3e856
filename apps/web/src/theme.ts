import { createTheme, type MantineColorsTuple } from '@mantine/core';

const lagoon: MantineColorsTuple = [
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
const amber: MantineColorsTuple = [
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

/** Well. */
const leaf: MantineColorsTuple = [
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
const slate: MantineColorsTuple = [
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

// Shade 8 in both schemes: white text on it, and it as text on white, keep a contrast of 4.5 and more.
export const theme = createTheme({
  colors: { lagoon, amber, leaf, slate },
  primaryColor: 'lagoon',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    Anchor: { defaultProps: { inherit: true, underline: 'always' } },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm' },
      // A badge is never cut: what does not fit makes its column wider.
      styles: {
        root: { textTransform: 'none', fontWeight: 600, flexShrink: 0, maxWidth: 'none', width: 'max-content' },
        label: { overflow: 'visible' },
      },
    },
  },
});
