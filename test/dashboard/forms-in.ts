/** What can be pressed on a page, read from its HTML as a browser without a script would. */

export interface Form {
  action: string;
  fields: Record<string, string | string[]>;
  buttons: { name: string; action: string | null; value: [string, string] | null }[];
}

const decoded = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : decoded(found);
};
const text = (html: string) => decoded(html.replace(/<[^>]+>/g, '')).trim();

export function formsIn(html: string): Form[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inner = '']) => {
    const fields: Form['fields'] = {};
    for (const [tag] of inner.matchAll(/<input[^>]*>/g)) {
      const name = attribute(tag, 'name');
      if (name === null || /type="(checkbox|radio)"/.test(tag)) continue;
      const value = attribute(tag, 'value') ?? '';
      const before = fields[name];
      fields[name] = before === undefined ? value : [before, value].flat();
    }
    const buttons = [...inner.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(
      ([, tag = '', label = '']) => {
        const name = attribute(tag, 'name');
        return {
          name: attribute(tag, 'aria-label') ?? text(label),
          action: attribute(tag, 'formaction'),
          value: name === null ? null : ([name, attribute(tag, 'value') ?? ''] as [string, string]),
        };
      },
    );
    return { action: attribute(head, 'action') ?? '', fields, buttons };
  });
}

export function linksIn(html: string): { name: string; href: string }[] {
  return [...html.matchAll(/<a(\s[^>]*)>([\s\S]*?)<\/a>/g)].map(([, tag = '', label = '']) => ({
    name: attribute(tag, 'aria-label') ?? text(label),
    href: attribute(tag, 'href') ?? '',
  }));
}
