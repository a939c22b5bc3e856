import { createTheme, type CSSVariablesResolver } from '@mantine/core';
import { amber, dark, lagoon, leaf, slate } from './palette.ts';

// Shade 8 in both schemes: white text on it, and it as text on white, keep a contrast of 4.5 and more.
export const theme = createTheme({
  colors: { lagoon, amber, leaf, slate, dark },
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

/** What the palette alone does not give: a ground that sets the sheets off, and tints that stay visible in the dark. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--cinch-ground': '#f4f6f7',
    '--cinch-sheet': '#fff',
    '--cinch-hover': 'rgb(10 82 95 / 4%)',
    '--cinch-amber': amber[9],
    '--cinch-leaf': leaf[8],
    '--mantine-color-dimmed': '#5a646b',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--cinch-ground': dark[9],
    '--cinch-sheet': dark[7],
    '--cinch-hover': 'rgb(134 187 197 / 6%)',
    '--cinch-amber': amber[3],
    '--cinch-leaf': leaf[3],
    '--mantine-color-dimmed': '#a6adb3',
    '--mantine-color-error': '#ff9c93',
    '--mantine-color-anchor': lagoon[3],
    '--mantine-color-lagoon-light': '#12434d',
    '--mantine-color-amber-light': '#56380c',
    '--mantine-color-leaf-light': '#1a4428',
    '--mantine-color-slate-light': slate[9],
  },
});
