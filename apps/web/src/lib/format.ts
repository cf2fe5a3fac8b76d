/** Rounding and dates as people read them. */

/** Probability 0-100 to the steps that people see: 5 to 95; 0 stands for "below 5". */
export function roundPercent(probability: number): number {
  if (probability < 5) return 0;
  return Math.min(95, Math.round(probability / 5) * 5);
}

/** "55 %", "< 5 %". */
export function percent(probability: number): string {
  const rounded = roundPercent(probability);
  return rounded === 0 ? '< 5 %' : `${rounded} %`;
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export function formatDay(iso: string): string {
  return dayFormat.format(new Date(iso));
}

export function formatDayTime(iso: string): string {
  const date = new Date(iso);
  return `${dayFormat.format(date)}, ${timeFormat.format(date)}`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "5 minutes ago", "yesterday"; a date after a week. */
export function formatAgo(iso: string, now = Date.now()): string {
  const minutes = Math.round((new Date(iso).getTime() - now) / 60_000);
  if (minutes > -60) return relative.format(Math.min(0, minutes), 'minute');
  const hours = Math.round(minutes / 60);
  if (hours > -24) return relative.format(hours, 'hour');
  const days = Math.round(hours / 24);
  return days > -7 ? relative.format(days, 'day') : formatDay(iso);
}

/** "340 kB", "2.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
