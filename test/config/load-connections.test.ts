import { describe, expect, it } from 'vitest';
import { faultsOf, MAIN } from './home.ts';

const RENT_ROLL = 'connector: rent-roll\n';

describe('faults of config/connections/*.yaml', () => {
  const connection = (text: string, name = 'oak.yaml') => ({
    'boomsync.yaml': MAIN,
    [`connections/${name}`]: text,
  });

  it.each([
    ['mode: live', 1, 'connector', 'missing; expected text', null],
    ['connector: buildium\nmod: live', 2, '', 'there is no setting `mod` here', 'Did you mean `mode`?'],
    ['connector: buildium\nmode: on', 2, 'mode', 'expected one of `preview`, `live`', null],
    [
      'connector: buildium\ncreate: tenants',
      2,
      'create',
      'expected one of `never`, `applicant`, `tenant`',
      'Did you mean `tenant`?',
    ],
    [
      'connector: buildium\nfields:\n  Email: { owner: bom }',
      3,
      'fields.Email.owner',
      'expected one of `boom`, `pms`, `fill`, `ask`',
      'Did you mean `boom`?',
    ],
    [
      'connector: buildium\nfields:\n  Email: pms',
      3,
      'fields.Email',
      'expected settings below it, each as `name: value`, found text',
      null,
    ],
    ['connector: buildium\nunits:\n  4B: [1]', 3, 'units.4B', 'expected text, found a list', null],
  ])('says of %j what was expected, in which line', async (text, line, where, message, suggestion) => {
    const faults = await faultsOf(connection(text));
    expect(faults).toMatchObject([{ file: 'connections/oak.yaml', line, message, suggestion }]);
    expect(faults[0]?.path.replace(/[[\]"]+/g, '.').replace(/\.$/, '')).toBe(where);
  });

  it('takes a credential in the open only where the connector calls it no secret', async () => {
    const text = 'connector: buildium\ncredentials:\n  clientId: "1"\n  clientSecret: hunter2\n';
    const faults = await faultsOf(connection(text));
    expect(faults).toMatchObject([
      {
        line: 4,
        path: 'credentials.clientSecret',
        message: 'a secret does not stand in this file: expected `env:NAME` or `file:PATH`',
        suggestion:
          'Put it into config/secrets/oak-clientSecret with mode 600, and write file:secrets/oak-clientSecret here',
      },
    ]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('holds every credential for a secret where it does not know the connector', async () => {
    for (const connector of ['nowhere', '../../etc', 'Buildium'])
      expect(
        await faultsOf(connection(`connector: ${connector}\ncredentials: { clientId: "1" }`)),
      ).toMatchObject([{ line: 2, path: 'credentials.clientId' }]);
  });

  it('names the variable that a credential lacks', async () => {
    expect(
      await faultsOf(connection('connector: buildium\ncredentials:\n  clientSecret: env:NOT_THERE')),
    ).toMatchObject([
      { line: 3, path: 'credentials.clientSecret', message: 'the variable NOT_THERE is not set' },
    ]);
  });

  it('does not pass over a file in silence because of its name', async () => {
    expect(await faultsOf(connection(RENT_ROLL, 'oak.yml'))).toMatchObject([
      {
        file: 'connections/oak.yml',
        line: null,
        message: 'expected a name that ends in `.yaml`',
        suggestion: 'Rename it to oak.yaml',
      },
    ]);
    expect(await faultsOf(connection(RENT_ROLL, 'oak street.yaml'))).toMatchObject([
      { file: 'connections/oak street.yaml' },
    ]);
  });

  it('tells the faults of all files at once', async () => {
    const faults = await faultsOf(
      {
        'boomsync.yaml': `${MAIN}tmezone: UTC\n`,
        'connections/a.yaml': 'conector: x',
        'connections/b.yaml': 'connector: [',
      },
      { BOOMSYNC_PORT: 'x' },
    );
    expect([...new Set(faults.map(({ file }) => file))]).toEqual([
      'environment',
      'boomsync.yaml',
      'connections/a.yaml',
      'connections/b.yaml',
    ]);
  });
});
