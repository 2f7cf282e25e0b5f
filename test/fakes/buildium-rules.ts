/** What Buildium takes and how it keeps it, by the vendor's own description of its API. */

export interface Answer {
  status: number;
  body?: unknown;
}

export function fault(status: number, message: string, keys: string[] = []): Answer {
  const Errors = keys.map((Key) => ({ Key, Value: message }));
  return { status, body: { UserMessage: message, ErrorCode: `E${status}`, Errors } };
}

/** As strict as the vendor's spec: nothing unknown, nothing too long. */
export function faultsOf(body: unknown, required: string[]): Answer | null {
  if (typeof body !== 'object' || body === null) return fault(400, 'Body');
  const sent = body as Record<string, unknown>;
  const text = (name: string, most: number) => {
    const value = sent[name];
    return typeof value === 'string' && value.length > 0 && value.length <= most;
  };
  const wrong = ['FirstName', 'LastName'].filter((name) => !text(name, 127));
  wrong.push(...required.filter((name) => typeof sent[name] !== 'boolean'));
  if (sent.UnitId !== undefined && sent.UnitId !== null && !Number.isInteger(sent.UnitId))
    wrong.push('UnitId');
  for (const [slot, number] of Object.entries(sent.PhoneNumbers ?? {}))
    if (!(slot in SLOTS) || typeof number !== 'string' || number.length < 10 || number.length > 20)
      wrong.push(`PhoneNumbers.${slot}`);
  const known = ['FirstName', 'LastName', 'Email', 'UnitId', 'PhoneNumbers', ...required];
  wrong.push(...Object.keys(sent).filter((name) => !known.includes(name)));
  return wrong.length === 0 ? null : fault(422, 'Not accepted', wrong);
}

const SLOTS: Record<string, string> = { Home: 'Home', Work: 'Office', Mobile: 'Cell', Fax: 'Fax' };

/** Everything that an update may set: what it leaves out is blank afterwards. */
export function writable(sent: Record<string, unknown>) {
  const phones = Object.entries((sent.PhoneNumbers ?? {}) as Record<string, string>);
  return {
    FirstName: String(sent.FirstName),
    LastName: String(sent.LastName),
    Email: typeof sent.Email === 'string' ? sent.Email : null,
    UnitId: typeof sent.UnitId === 'number' ? sent.UnitId : null,
    PhoneNumbers: phones.map(([slot, number]) => ({
      Number: formatted(number),
      Type: SLOTS[slot] ?? 'Other',
    })),
  };
}

function formatted(number: string): string {
  const digits = number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : number;
}
