/** The file of a new connection, made of what its connector's manifest says: with comments, as a person would write it. */
import { stringify } from 'yaml';

export interface NewConnection {
  /** The connector's id and what it is called. */
  connector: string;
  manifestLabel: string;
  /** What the landlord calls it; null: what the connector calls itself. */
  label: string | null;
  /** The name of one of the connector's servers, or an address; null: the connector's first, or none. */
  server: string | null;
  /** Whether it needs any. */
  credentials: boolean;
  creates: readonly string[];
  /** Whether it begins in preview: files and lists of ours are live from the start. */
  preview: boolean;
}

/** Without values of credentials: `setCredentials` puts them in. `schema`: where an editor finds the file's schema. */
export function connectionText(given: NewConnection, schema: string): string {
  const { connector, manifestLabel, label, server, credentials, creates, preview } = given;
  const blocks = [
    [
      `# yaml-language-server: $schema=${schema}`,
      '#',
      `# ${manifestLabel}. What it does there: docs/connectors/${connector}.md`,
    ],
    [entry('connector', connector)],
    label === null ? [] : ['# What you call it.', entry('label', label)],
    preview
      ? [
          '# preview shows what would be written and writes nothing. When you have looked at it: live',
          'mode: preview',
        ]
      : [],
    server === null ? [] : ['# Where it is asked.', entry('server', server)],
    credentials ? ['credentials: {}'] : [],
    creates.length === 0
      ? ['# Nothing can be added there.', 'create: never']
      : ['# What may be added there: never, or applicant.', 'create: applicant'],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const entry = (key: string, value: string) => stringify({ [key]: value }, { lineWidth: 0 }).trimEnd();
