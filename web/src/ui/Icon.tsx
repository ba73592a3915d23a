/** Drawn here, in one weight, so that the shell needs no icon library. 24 × 24, strokes only. */
const SHAPES = {
  menu: 'M4 6h16M4 12h16M4 18h16',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  sortNone: 'M8 10l4-4 4 4M8 14l4 4 4-4',
  sortUp: 'M7 14l5-5 5 5',
  sortDown: 'M7 10l5 5 5-5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 16V5M7 9l5-5 5 5M5 20h14',
  columns: 'M4 5h16v14H4zM10 5v14M15 5v14',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  left: 'M14 6l-6 6 6 6',
  right: 'M10 6l6 6-6 6',
  first: 'M17 6l-6 6 6 6M7 6v12',
  refresh: 'M19 12a7 7 0 1 1-2-5M19 4v4h-4',
  warning: 'M12 4l9 16H3zM12 10v5M12 17.5v.5',
  done: 'M5 12.5l4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  empty: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1.5 3h3L15 13h5',
} as const

export type IconName = keyof typeof SHAPES

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="tj-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={SHAPES[name]} />
    </svg>
  )
}
