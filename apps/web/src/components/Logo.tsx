type Props = { size?: number };

/** A ball of mozzarella with its knot, and an M drawn as a pulse. */
export function Logo({ size = 28 }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        fill="var(--mantine-color-pine-7)"
        d="M16 4.6c1-1.9 2.6-2.5 3.6-1.9.9.6.8 2-.5 3.3C25.4 7.3 30 12.3 30 18.3 30 25.3 23.7 30 16 30S2 25.3 2 18.3C2 12.3 6.6 7.3 12.9 6c-1.3-1.3-1.4-2.7-.5-3.3 1-.6 2.6 0 3.6 1.9Z"
      />
      <path
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        d="M5.5 19.5h4l2.7-6.3 3.8 10 3.8-10 2.7 6.3h4"
      />
    </svg>
  );
}
