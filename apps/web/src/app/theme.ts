import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { en } from '../i18n/en.ts';

/** The house colour: the green of a surgical drape. */
const pine: MantineColorsTuple = [
  '#edf6f3',
  '#d7eae4',
  '#aed5c9',
  '#81beac',
  '#58a892',
  '#36917a',
  '#1f7964',
  '#166152',
  '#114c41',
  '#0c3931',
];

/** Alarm, kept for what cannot wait and for what destroys. */
const signal: MantineColorsTuple = [
  '#fdf0ee',
  '#f9dcd7',
  '#f2b8af',
  '#ea9083',
  '#e06d5d',
  '#d2503f',
  '#b93a2b',
  '#982c20',
  '#7a231a',
  '#5c1a13',
];

/** Doubt: uncertain findings, warnings. */
const amber: MantineColorsTuple = [
  '#fdf5e4',
  '#faeac4',
  '#f3d38b',
  '#e9b94f',
  '#d99f24',
  '#b98208',
  '#946703',
  '#785302',
  '#5f4202',
  '#473101',
];

const gray: MantineColorsTuple = [
  '#f5f7f5',
  '#ebeeec',
  '#dde2df',
  '#c8cfcb',
  '#a5afaa',
  '#7f8a85',
  '#5f6a65',
  '#4a5450',
  '#333b38',
  '#1e2523',
];

const dark: MantineColorsTuple = [
  '#e4eae7',
  '#c3ccc8',
  '#9ea9a4',
  '#75817c',
  '#52605a',
  '#3a4641',
  '#2a3430',
  '#1d2623',
  '#141a18',
  '#0d1211',
];

const FONT = "'Atkinson Hyperlegible Next Variable', ui-sans-serif, system-ui, 'Segoe UI', sans-serif";

/** Filled controls are light on dark in one scheme and dark on light in the other; global.css says which. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...resolved, color: 'var(--on-filled)' } : resolved;
};

const CLOSE = { 'aria-label': en.action.close };

/** Atkinson Hyperlegible tells I, l, 1, O and 0 apart, which laboratory values need. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver,
  black: '#18201d',
  colors: { pine, signal, amber, gray, dark },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily: FONT,
  fontSizes: { xs: '0.8125rem', sm: '0.9rem', md: '1rem', lg: '1.125rem', xl: '1.3rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: FONT,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: 'clamp(1.5rem, 1.3rem + 0.8vw, 1.9rem)', lineHeight: '1.15' },
      h2: { fontSize: '1.35rem', lineHeight: '1.25' },
      h3: { fontSize: '1.08rem', lineHeight: '1.3' },
      h4: { fontSize: '0.95rem', lineHeight: '1.35' },
    },
  },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } },
    },
    Modal: { defaultProps: { centered: true, radius: 'lg', closeButtonProps: CLOSE } },
    Notification: { defaultProps: { closeButtonProps: CLOSE } },
    Anchor: { defaultProps: { underline: 'not-hover' } },
  },
});
