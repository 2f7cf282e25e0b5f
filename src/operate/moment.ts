/** `23 Nov 14:02`, in the landlord's time zone. */
export function moment(at: string | null, timezone: string): string {
  if (at === null) return 'never';
  return formatIn(timezone).format(new Date(at)).replace(',', '');
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept: making one takes longer than everything else about a line. */
function formatIn(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timezone,
  });
  formats.set(timezone, made);
  return made;
}
