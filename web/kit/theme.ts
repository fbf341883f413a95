/**
 * How everything looks: the tokens are named here and in tokens.css, once. Warm paper, ink, one petrol accent; the
 * colors of states are kept for states. Dense: 13 px text in lists, 32 px controls, nothing under a 24 px target.
 */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e8f4f5',
  '#d2e6e9',
  '#a6ced4',
  '#76b3bd',
  '#4d99a6',
  '#2b7f8e',
  '#186a79',
  '#0f5563',
  '#0a4551',
  '#06353f',
];
const brick: MantineColorsTuple = [
  '#fdf0ee',
  '#fbe0dc',
  '#f5bdb6',
  '#ef978c',
  '#e8705f',
  '#cf4234',
  '#c7362a',
  '#b3261e',
  '#8f1d17',
  '#6b1510',
];
const warm: MantineColorsTuple = [
  '#fbfaf7',
  '#f3f1eb',
  '#e6e3da',
  '#d3cfc4',
  '#b3aea1',
  '#8d887c',
  '#6b675d',
  '#524f47',
  '#36342f',
  '#1f1e1b',
];
const night: MantineColorsTuple = [
  '#e4e8e9',
  '#bcc4c6',
  '#98a2a5',
  '#7a8588',
  '#4a5457',
  '#343d40',
  '#283033',
  '#1d2426',
  '#15191b',
  '#0f1314',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  // White words on either keep 4.5:1.
  primaryShade: { light: 7, dark: 5 },
  colors: { petrol, red: brick, gray: warm, dark: night },
  white: '#ffffff',
  black: '#1f1e1b',
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.1875rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.375rem', sm: '0.625rem', md: '0.875rem', lg: '1.25rem', xl: '1.875rem' },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '18px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.35' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'lg' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Popover: { defaultProps: { shadow: 'md', withArrow: true } },
    Menu: { defaultProps: { shadow: 'md' } },
    InputWrapper: {
      vars: () => ({
        label: {},
        description: { '--input-description-size': '0.75rem' },
        error: { '--input-error-size': '0.75rem' },
      }),
    },
    Modal: { defaultProps: { centered: true } },
  },
});

/**
 * Buttons and notices of the variants light, subtle and outline: Mantine mixes their ground from a shade too near to
 * black. Words keep 4.5:1 on either ground.
 */
function softInDark(color: string, token: string): Record<string, string> {
  const ground = (percent: number): string => `color-mix(in srgb, var(${token}) ${percent}%, var(--surface))`;
  return {
    [`--mantine-color-${color}-light`]: ground(18),
    [`--mantine-color-${color}-light-hover`]: ground(24),
    [`--mantine-color-${color}-light-color`]: `var(${token})`,
    [`--mantine-color-${color}-outline`]: `var(${token})`,
    [`--mantine-color-${color}-outline-hover`]: ground(12),
    [`--mantine-color-${color}-text`]: `var(${token})`,
  };
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f4ef',
    '--mantine-color-text': '#24231f',
    '--mantine-color-dimmed': '#64605a',
    '--mantine-color-default-border': '#d8d4ca',
    '--mantine-color-placeholder': '#716d64',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--mantine-color-body': '#15191b',
    '--mantine-color-text': '#e4e8e9',
    '--mantine-color-dimmed': '#a3adb0',
    '--mantine-color-default-border': '#343d40',
    '--mantine-color-placeholder': '#98a2a5',
    '--mantine-color-error': '#ff9d92',
    ...softInDark('petrol', '--accent'),
    ...softInDark('red', '--late'),
  },
});
