import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Fault, formatFaults } from '../../src/config/fault.ts';
import { parseYaml } from '../../src/config/yaml-faults.ts';

const schema = z.strictObject({
  name: z.string(),
  port: z.int().min(1).max(9).optional(),
  list: z.array(z.strictObject({ name: z.string(), colour: z.enum(['red', 'green']) })).optional(),
  either: z
    .union([z.string(), z.strictObject({ size: z.number(), schedule: z.string().optional() })])
    .optional(),
  fields: z.record(z.string(), z.strictObject({ owner: z.enum(['boom', 'pms']).optional() })).optional(),
  resync: z.strictObject({ schedule: z.string() }).default({ schedule: 'off' }),
});

function faultsOf(text: string): Fault[] {
  const parsed = parseYaml('some.yaml', text, schema);
  if (parsed.ok) throw new Error('expected faults');
  return parsed.faults;
}

const only = (text: string) => {
  const faults = faultsOf(text);
  expect(faults).toHaveLength(1);
  return faults[0];
};

describe('parseYaml', () => {
  it('gives the value, the line of every path, and scalars as they were typed', () => {
    const parsed = parseYaml(
      'some.yaml',
      'a: 1\nunits:\n  4B: 00123\n  big: 12345678901234567890\n',
      z.looseObject({}),
    );
    if (!parsed.ok) throw new Error('expected a value');
    expect(parsed.lineOf(['units', '4B'])).toBe(3);
    expect(parsed.lineOf(['units', 'not there'])).toBe(2);
    expect(parsed.textOf(['units', '4B'])).toBe('00123');
    expect(parsed.textOf(['units', 'big'])).toBe('12345678901234567890');
    expect(parsed.textOf(['units'])).toBeNull();
  });

  it('takes a key of digits as text', () => {
    const parsed = parseYaml('some.yaml', 'units: { 007: x }', z.looseObject({}));
    expect(parsed).toMatchObject({ ok: true, value: { units: { '007': 'x' } } });
  });

  it('tolerates a byte order mark and Windows line ends', () => {
    expect(parseYaml('some.yaml', '\ufeffname: x\r\nport: 3\r\n', schema)).toMatchObject({ ok: true });
    expect(only('\ufeffname: x\r\n\r\nport: x\r\n')?.line).toBe(3);
  });

  it.each([
    [
      'name: x\nresync:\n  shedule: off\n  schedule: off',
      3,
      'resync',
      'there is no setting `shedule` here',
      'Did you mean `schedule`?',
    ],
    [
      'name: x\nlist:\n  - name: a\n    color: red\n    colour: red',
      4,
      'list[0]',
      'there is no setting `color` here',
      'Did you mean `colour`?',
    ],
    [
      'name: x\neither:\n  size: 1\n  shedule: x',
      4,
      'either',
      'there is no setting `shedule` here',
      'Did you mean `schedule`?',
    ],
    [
      'name: x\nfields:\n  Email: { ownr: pms }',
      3,
      'fields.Email',
      'there is no setting `ownr` here',
      'Did you mean `owner`?',
    ],
    [
      'name: x\nzzzzzzzz: 1',
      2,
      '',
      'there is no setting `zzzzzzzz` here',
      'Known here: name, port, list, either, fields, resync',
    ],
    [
      'name: x\nlist:\n  - name: a\n    colour: gren',
      4,
      'list[0].colour',
      'expected one of `red`, `green`',
      'Did you mean `green`?',
    ],
    [
      'name: x\nfields:\n  "Oak / 4B": { owner: 1 }',
      3,
      'fields["Oak / 4B"].owner',
      'expected one of `boom`, `pms`',
      null,
    ],
    ['name: 1', 1, 'name', 'expected text, found a number', null],
    ['port: 1', 1, 'name', 'missing; expected text', null],
    ['name:\nport: 1', 1, 'name', 'expected text, found nothing', null],
    ['name: x\nport: 0', 2, 'port', 'expected a number that is at least 1', null],
    ['name: x\nport: 10', 2, 'port', 'expected a number that is at most 9', null],
    ['name: x\nlist: red', 2, 'list', 'expected a list, each entry after a `-`, found text', null],
    ['- name: x', 1, '', 'expected settings below it, each as `name: value`, found a list', null],
    ['just text', 1, '', 'expected settings below it, each as `name: value`, found text', null],
  ])('says of %j what was expected, in which line', (text, line, path, message, suggestion) => {
    expect(only(text)).toEqual({ file: 'some.yaml', line, path, message, suggestion });
  });

  it.each([
    ['name: x\nname: y', 2, 'this setting stands here twice'],
    ['name: x\n\tport: 1', 2, 'a tab in the indentation'],
    ['name: "x', 1, 'a quote, bracket or `:` is missing'],
    ['name: [x', 1, 'the indentation does not fit the lines around it, or a bracket is not closed'],
    ['name: x: y', 1, 'two settings on one line'],
    ['name: @x', 1, 'text may not begin with this character'],
    ['name: "\\q"', 1, 'a `\\` in double quotes that means nothing'],
    ['name: !secret x', 1, 'a tag (`!…`) that is not known here'],
    ['name: x\n---\nname: y', 2, 'a second document begins here (`---`)'],
    ['name\nport: 1', 1, 'a setting without `:`'],
    ['name: x\nport', 2, 'a quote, bracket or `:` is missing'],
    ['name: x\n? [a, b]\n: c', 2, 'a setting needs a name of one line'],
  ])('finds where %j is no YAML', (text, line, message) => {
    expect(only(text)).toMatchObject({ line, message });
  });

  it.each([
    ['', 'the file is empty; expected settings, each as `name: value`'],
    ['# only a comment\n', 'the file is empty; expected settings, each as `name: value`'],
    ['name: *nothing', 'an alias (`*`) that names nothing above it'],
    ['x'.repeat(2 ** 20 + 1), 'larger than 1 MB: this is no file of ours'],
  ])('speaks of the file as a whole where no line is to blame', (text, message) => {
    expect(only(text)).toMatchObject({ line: null, message });
  });

  it('refuses aliases that multiply each other, in no time', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(',')}]`;
    const text = [
      level('a', 'x'),
      level('b', '*a'),
      level('c', '*b'),
      level('d', '*c'),
      level('e', '*d'),
    ].join('\n');
    const started = performance.now();
    expect(only(text)).toMatchObject({ message: 'aliases (`*name`) that multiply each other' });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('survives a document nested without end', () => {
    expect(faultsOf('['.repeat(200_000)).length).toBeGreaterThan(0);
    expect(faultsOf(`name: ${'['.repeat(20_000)}${']'.repeat(20_000)}`).length).toBeGreaterThan(0);
  });

  it('reports every fault at once, in the order of the file', () => {
    const faults = faultsOf('prt: 1\nname: 1\nlist:\n  - colour: blue\n');
    expect(faults.map(({ line, path }) => [line, path])).toEqual([
      [1, ''],
      [2, 'name'],
      [4, 'list[0].name'],
      [4, 'list[0].colour'],
    ]);
  });

  it('never repeats a value: it may be a secret', () => {
    const secret = 'hunter2-hunter2';
    const texts = [
      `name: [${secret}]`,
      `name: "${secret}`,
      `name: x\nport: ${secret}`,
      `name: x\nlist: ${secret}`,
      `name: *${secret}`,
      `name: !${secret} x`,
      `name: @${secret}`,
      `${secret}`,
    ];
    for (const text of texts) expect(JSON.stringify(faultsOf(text))).not.toContain(secret);
  });
});

describe('formatFaults', () => {
  it('names the file from here, the line, what was expected and what to write', () => {
    const faults = [
      {
        file: '/home/x/config/a.yaml',
        line: 3,
        path: 'port',
        message: 'expected a number',
        suggestion: 'Write one',
      },
      { file: '/elsewhere/b.yaml', line: null, path: '', message: 'is empty', suggestion: null },
      {
        file: 'environment',
        line: null,
        path: 'BOOMSYNC_PORT',
        message: 'expected a port',
        suggestion: null,
      },
    ];
    expect(formatFaults(faults, '/home/x')).toBe(
      'config/a.yaml:3  port: expected a number\n    Write one\n/elsewhere/b.yaml  is empty\nenvironment  BOOMSYNC_PORT: expected a port',
    );
  });

  it('lets no key of a file speak to the terminal', () => {
    const [fault] = faultsOf('name: x\n"\\e[2Jgone\\u202e": 1');
    expect(formatFaults(fault ? [fault] : [])).toContain('·[2Jgone·');
  });
});
