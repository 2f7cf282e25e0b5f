import { describe, expect, it } from 'vitest';
import { OVER_SCOPE } from '../../src/connect/compile.ts';
import { compileExpression } from '../../src/connect/expressions.ts';
import { EMPTY_SCOPE, SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { faultOf, printed } from './support.ts';

const compile = (text: string) => compileExpression(text, '`takes`', OVER_SCOPE);

async function resultOf(text: string): Promise<unknown> {
  const compiled = await compile(text);
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'));
  return compiled.expression.evaluate(SAMPLE_SCOPE);
}

async function problemsOf(text: string): Promise<string> {
  const compiled = await compile(text);
  return compiled.ok ? '' : compiled.problems.join('\n');
}

describe('an expression', () => {
  it.each([
    ['person.email', 'ana@example.com'],
    ['unit.property = "Oak Street"', true],
    ['unit.property.name = "Oak Street"', true],
    ['unit.property in ["Oak Street", "Elm Street"] and unit.title = "4B"', true],
    ['$lowercase(unit.property)', 'oak street'],
    ['`unit`.`property` & "!"', 'Oak Street!'],
    ['tenant.applications[leasing = "approved"].unit.property', 'Oak Street'],
    ['($p := person; $p.firstName & " " & $p.lastName)', 'Ana Sample'],
    ['$$.person.firstName', 'Ana'],
    ['person.{"a": firstName}.a', 'Ana'],
    ['$exists(application) ? "yes" : "no"', 'yes'],
  ])('%s gives what a landlord means', async (text, value) => {
    expect(await resultOf(text)).toEqual(value);
  });

  it.each([
    ['$match(person.email, /(a+)+$/)', 'regular expression'],
    ['$eval("1")', '$eval'],
    ['$pad(person.email, 1)', '$pad'],
    ['$map([1], function($x) { $x })', 'function of its own'],
    ['($f := function() { $f() }; $f())', 'function of its own'],
    ['$now()', '$now'],
    ['$random()', '$random'],
    ['person.email ~> $pad', '$pad'],
    ['($p := $pad; 1)', '$pad'],
    ['$split(person.email, "a", ?)', 'function of its own'],
    ['tenant ~> |person|{"email": 1}|', 'transformation'],
    ['uppercase(person.email)', 'without its `$`'],
    ['$upercase(person.email)', 'did you mean `$uppercase`?'],
    ['$nothing', 'which nothing sets'],
  ])('%s is refused', async (text, why) => {
    expect(await problemsOf(text)).toContain(why);
  });

  it.each([
    ['persn.email', 'reads `persn`, which does not exist; did you mean `person`?'],
    ['person.emial', 'did you mean `email`?'],
    ['unit.proprety = "Oak Street"', 'did you mean `property`?'],
    ['tenant.applications[leasng = "approved"]', 'did you mean `leasing`?'],
    ['tenant.applications^(updatdAt)', 'did you mean `updatedAt`?'],
    ['person.email.domain', 'reads `domain` of something that has no parts'],
    [
      '$lowercase(person.ssn)',
      'reads `ssn`, which does not exist; there are firstName, lastName, email, phone',
    ],
    ['{"a": person.emial}', 'did you mean `email`?'],
    ['person.email ? person.emial : 1', 'did you mean `email`?'],
  ])('%s is refused since it would silently be nothing', async (text, why) => {
    expect(await problemsOf(text)).toContain(why);
  });

  it('tells every problem at once', async () => {
    const problems = await problemsOf('$eval(persn.email) & $pad(person.emial, 1)');
    expect(problems).toContain('$eval');
    expect(problems).toContain('persn');
    expect(problems).toContain('$pad');
    expect(problems).toContain('emial');
  });

  it('that fails where Boom sent nothing is refused at start-up', async () => {
    expect(await problemsOf('$formatNumber(unit.title, "0")')).toContain('does not work');
    expect(
      await problemsOf(
        '$split(person.email, "@")[1] & $string($number($split(person.email & "-1", "-")[1]))',
      ),
    ).toBe('');
  });

  it('may use what Boom may leave out: functions let pass what is absent', async () => {
    expect(await problemsOf('$uppercase(person.firstName)')).toBe('');
    expect(await problemsOf('$substring(person.phone, 0, 2)')).toBe('');
  });

  it.each([
    ['$not(application.leasing) ? "none" : "some"', 'none'],
    ['$not($boolean(unit.title)) ? "none" : "some"', 'none'],
    ['$not(tenant.applications) ? "none" : "some"', 'none'],
    ['$exists(person.phone) ? "some" : "none"', 'none'],
    ['person.phone ? "some" : "none"', 'none'],
  ])('%s says %s where Boom sent nothing', async (text, value) => {
    const compiled = await compile(text);
    if (!compiled.ok) throw new Error(compiled.problems.join('\n'));
    expect(await compiled.expression.evaluate(EMPTY_SCOPE)).toBe(value);
  });

  it('cannot compare with null, which would always be false', async () => {
    expect(await problemsOf('application = null')).toContain('write `$exists(…)`');
    expect(await problemsOf('person.phone != null')).toContain('write `$exists(…)`');
  });

  it('that does not end is stopped', async () => {
    expect(await problemsOf('[1..9999].([1..9999].([1..9999]))')).toContain('does not work');
    expect(await problemsOf('[1..99999999]')).toContain('does not work');
  });

  it('with broken syntax says where', async () => {
    expect(await problemsOf('person.')).toMatch(/does not work: .*\(character \d+\)/);
  });

  it('that fails on a person tells its place and nothing of the person', async () => {
    const compiled = await compile('$number(person.lastName ? person.lastName : "0")');
    // The sample's name is no number, so this is refused at start-up already.
    expect(compiled.ok).toBe(false);
    const late = await compileExpression('$number(name)', '`fields.A.from`', {
      shape: 'any',
      samples: [],
      nullIsAbsent: true,
    });
    if (!late.ok) throw new Error('it should compile');
    const fault = await faultOf(late.expression.evaluate({ name: 'Mysecretname' }));
    expect(fault.kind).toBe('invalid');
    expect(fault.message).toContain('`fields.A.from`');
    expect(printed(fault)).not.toContain('Mysecretname');
  });
});
