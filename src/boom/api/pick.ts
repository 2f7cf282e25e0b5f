/**
 * What is taken of an object of Boom's: the fields that its shape lists, at every depth, and nothing else. So a
 * field that Boom adds, or one that must not be kept, is not dropped by name: it is never taken.
 */

/**
 * `id`: always a string. `text`: a string. `value`: a string, a number or a boolean as it came, where its form says
 * something (a rent). A shape: an object; a plain value in its place is kept, as Boom gives some fields in both
 * forms. A list of one of them.
 */
export type Field = 'id' | 'text' | 'value' | Shape | readonly ['id'] | readonly [Shape];
export interface Shape {
  readonly [name: string]: Field;
}

export type Plain = string | number | boolean;

type PickedField<F> = F extends 'id' | 'text'
  ? string
  : F extends 'value'
    ? Plain
    : F extends readonly [infer Item]
      ? (Item extends 'id' ? string : Item extends Shape ? Picked<Item> : never)[]
      : F extends Shape
        ? Picked<F> | Plain
        : never;

/** A field that Boom left out, or gave in a form that we cannot read, is left out here too. */
export type Picked<S extends Shape> = { [Name in keyof S]?: PickedField<S[Name]> | null };

/** Null for what is no object. */
export function pick<S extends Shape>(shape: S, value: unknown): Picked<S> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const picked: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    if (!Object.hasOwn(value, name)) continue;
    const taken = take(field, (value as Record<string, unknown>)[name]);
    if (taken !== undefined) picked[name] = taken;
  }
  return picked as Picked<S>;
}

/** Without what is no object. */
export function pickEach<S extends Shape>(shape: S, values: unknown[]): Picked<S>[] {
  return values.map((value) => pick(shape, value)).filter((object) => object !== null);
}

function take(field: Field, value: unknown): unknown {
  if (value === null) return null;
  if (isList(field)) {
    if (!Array.isArray(value)) return undefined;
    const taken = value.map((item) => (field[0] === 'id' ? idOf(item) : pick(field[0], item)));
    return taken.filter((item) => item !== null && item !== undefined);
  }
  if (field === 'id') return idOf(value);
  if (field === 'text') return isPlain(value) ? String(value) : undefined;
  if (field === 'value' || isPlain(value)) return isPlain(value) ? value : undefined;
  return pick(field, value) ?? undefined;
}

/** A number too large to be exact would be another record's id. */
function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isList(field: Field): field is readonly ['id'] | readonly [Shape] {
  return Array.isArray(field);
}
