import type { ComponentType, ReactNode, SVGProps } from 'react';

/**
 * The console's icons, drawn on a square of 24 by 24 in lines of the text's colour. A new one is an entry here: an icon library weighs
 * more than the rest of the console's packages together.
 */
interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'stroke'> {
  /** Width and height in pixels. */
  size?: number | string;
  /** Width of the lines. */
  stroke?: number | string;
}
export type Icon = ComponentType<IconProps>;

function drawn(lines: ReactNode): Icon {
  return function DrawnIcon({ size = 24, stroke = 2, ...others }: IconProps) {
    return (
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={stroke}
        strokeLinecap="round"
        strokeLinejoin="round"
        {...others}
      >
        {lines}
      </svg>
    );
  };
}

const path = (d: string) => drawn(<path d={d} />);
const head = (x: number, y: number, r: number) => <circle cx={x} cy={y} r={r} />;

/** Two that go apart. */
export const IconArrowsDiff = path('M11 16h10M11 16l4 4M11 16l4 -4M13 8h-10M13 8l-4 4M13 8l-4 -4');

export const IconAdjustmentsHorizontal = drawn(
  <>
    <path d="M3 7h10M19 7h2M3 17h2M11 17h10" />
    {head(16, 7, 2.5)}
    {head(8, 17, 2.5)}
  </>,
);
export const IconAlertCircle = drawn(
  <>
    {head(12, 12, 9)}
    <path d="M12 7.5v5.5M12 16.5v.01" />
  </>,
);
export const IconAlertTriangle = path('M12 3.5 21.5 20h-19zM12 9.5v4.5M12 17v.01');
export const IconArrowBackUp = path('M8 5 4 9l4 4M4 9h10.5a5 5 0 0 1 0 10H10');
export const IconArrowDown = path('M12 4v16M6 14l6 6 6-6');
export const IconArrowUp = path('M12 20V4M6 10l6-6 6 6');
export const IconArrowsSort = path('M7 20V4M3.5 7.5 7 4l3.5 3.5M17 4v16M13.5 16.5 17 20l3.5-3.5');
/** Layers that lie on each other. */
export const IconStack = path('M12 3.5 3.5 8 12 12.5 20.5 8zM3.5 12 12 16.5 20.5 12M3.5 16 12 20.5 20.5 16');
export const IconBug = drawn(
  <>
    <rect x="7.5" y="8" width="9" height="12" rx="4.5" />
    <path d="M9 8a3 3 0 0 1 6 0M12 12v8M3.5 8.5l4 2.5M20.5 8.5l-4 2.5M3 14.5h4.5M16.5 14.5H21M4 20.5l3.5-2.5M20 20.5 16.5 18" />
  </>,
);
export const IconCheck = path('M4.5 12.5 9.5 17.5 19.5 6.5');
export const IconCircle = drawn(head(12, 12, 9));
export const IconCircleCheck = drawn(
  <>
    {head(12, 12, 9)}
    <path d="M8 12.5 11 15.5 16 9" />
  </>,
);
export const IconColumns3 = path('M4 4.5h16v15H4zM9.3 4.5v15M14.7 4.5v15');
export const IconCopy = drawn(
  <>
    <rect x="8.5" y="8.5" width="12" height="12" rx="2" />
    <path d="M15.5 5.5v-.5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v9A1.5 1.5 0 0 0 5 15.5h.5" />
  </>,
);
export const IconDownload = path('M12 3.5v11.5M6.5 9.5 12 15l5.5-5.5M4 19.5h16');
export const IconFileSearch = drawn(
  <>
    <path d="M19 9.5 13.5 3.5H6A1.5 1.5 0 0 0 4.5 5v14A1.5 1.5 0 0 0 6 20.5h4.5M13.5 3.5V9.5H19" />
    {head(15.5, 15.5, 3)}
    <path d="m17.8 17.8 2.7 2.7" />
  </>,
);
export const IconFileText = drawn(
  <path d="M13.5 3.5H6A1.5 1.5 0 0 0 4.5 5v14A1.5 1.5 0 0 0 6 20.5h12a1.5 1.5 0 0 0 1.5-1.5V9.5zM13.5 3.5v6h6M8 13.5h8M8 17h5" />,
);
export const IconFlask = path('M9 3h6M10 3v6.5L5 18a2 2 0 0 0 1.8 3h10.4a2 2 0 0 0 1.8-3l-5-8.5V3M7.5 15h9');
export const IconGauge = drawn(
  <>
    <path d="M5.5 19a9 9 0 1 1 13 0M12 13.5l4-4.5" />
    {head(12, 13.5, 1)}
  </>,
);
export const IconGitPullRequest = drawn(
  <>
    {head(6, 5.5, 2)}
    {head(6, 18.5, 2)}
    {head(18, 18.5, 2)}
    <path d="M6 7.5v9M18 16.5V8.5a2.5 2.5 0 0 0-2.5-2.5H11M13.5 3.5 11 6l2.5 2.5" />
  </>,
);
export const IconHandStop = path(
  'M8 13V5.5a1.5 1.5 0 0 1 3 0V11M11 10.5v-6a1.5 1.5 0 0 1 3 0V11M14 10.5v-4a1.5 1.5 0 0 1 3 0v5M17 11V9a1.5 1.5 0 0 1 3 0v5.5a6.5 6.5 0 0 1-6.5 6.5H12a6 6 0 0 1-5-2.7L4 13.8a1.5 1.5 0 0 1 2.5-1.6L8 14',
);
export const IconHistory = path('M4 12a8.5 8.5 0 1 0 2.5-6M4 4v4h4M12.5 7.5V12l3 2');
export const IconHourglass = path('M6 3.5h12M6 20.5h12M7.5 3.5V7L12 12l4.5-5V3.5M7.5 20.5V17L12 12l4.5 5v3.5');
export const IconListCheck = path('M3.5 6.5 5 8l3-3.5M3.5 15.5 5 17l3-3.5M11.5 6.5h9M11.5 15.5h9');
export const IconMenu2 = path('M4 6h16M4 12h16M4 18h16');
export const IconMoon = path('M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z');
export const IconPin = path('M9 4h6l-.5 5.5 3 3.5v1.5h-11V13l3-3.5zM12 14.5V21');
export const IconPlugConnectedX = path(
  'M7 12.5 11.5 17a3.2 3.2 0 0 1-4.5-4.5zM4 20l3-3M12.5 7 17 11.5A3.2 3.2 0 0 0 12.5 7zM17 7l3-3M15.5 16l4.5 4.5M20 16l-4.5 4.5',
);
export const IconRefresh = path('M20 11A8 8 0 0 0 5.5 7.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 20v-5h-5');
export const IconScale = path(
  'M12 4v16M7.5 20.5h9M5 6.5l7-1.5 7 1.5M5 6.5 2.5 13a2.8 2.8 0 0 0 5 0zM19 6.5 16.5 13a2.8 2.8 0 0 0 5 0z',
);
export const IconSearch = drawn(
  <>
    {head(10.5, 10.5, 6.5)}
    <path d="m15.5 15.5 5 5" />
  </>,
);
export const IconServer2 = drawn(
  <>
    <rect x="3.5" y="4" width="17" height="7" rx="2" />
    <rect x="3.5" y="13" width="17" height="7" rx="2" />
    <path d="M7 7.5v.01M7 16.5v.01M11 7.5h6M11 16.5h6" />
  </>,
);
export const IconSun = drawn(
  <>
    {head(12, 12, 4)}
    <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4" />
  </>,
);
export const IconUserCircle = drawn(
  <>
    {head(12, 12, 9)}
    {head(12, 10, 3)}
    <path d="M6.2 18.8a6.5 6.5 0 0 1 11.6 0" />
  </>,
);
export const IconUserCog = drawn(
  <>
    {head(9.5, 7.5, 4)}
    <path d="M3 20.5v-1.5a4.5 4.5 0 0 1 4.5-4.5H11" />
    {head(17.5, 17.5, 2)}
    <path d="M17.5 14v1.5M17.5 19.5V21M14.5 15.8l1.3.7M19.2 18.5l1.3.7M14.5 19.2l1.3-.7M19.2 16.5l1.3-.7" />
  </>,
);
export const IconUsers = drawn(
  <>
    {head(9, 7.5, 4)}
    <path d="M2.5 20.5v-1.5A4.5 4.5 0 0 1 7 14.5h4a4.5 4.5 0 0 1 4.5 4.5v1.5M16 3.8a4 4 0 0 1 0 7.5M21.5 20.5v-1.5a4.5 4.5 0 0 0-3.3-4.3" />
  </>,
);
export const IconX = path('M6 6l12 12M18 6 6 18');
