/** Reading what Odoo answered, whose form nobody promises. */

export function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** As text; empty where it is not there. */
export function textOf(value: unknown, name: string): string {
  return String(membersOf(value)[name] ?? '');
}

/** Nothing where it is no list: `false` is Odoo's word for nothing. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
