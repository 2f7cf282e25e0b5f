/** `23 Nov 14:02`, in the landlord's time zone. */
export function moment(at: string | null, timezone: string): string {
  if (at === null) return 'never';
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timezone,
  })
    .format(new Date(at))
    .replace(',', '');
}
