/** Who may import whom: the house of docs/how-it-works.md, held by reading every import. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['src', 'connectors', 'migrations', 'bench'];

interface Import {
  from: string;
  /** A path from the root, or a package's name. */
  to: string;
  typeOnly: boolean;
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(path) && !path.endsWith('.d.ts') ? [path] : [];
  });
}

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?'([^']+)'|import\('([^']+)'\)|import\(\s*new URL\('([^']+)'/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(STATEMENT)].map((match) => {
    const target = match[3] ?? match[4] ?? match[5] ?? '';
    const names = match[2]?.trim() ?? '';
    const onlyTypes =
      /^\{[^}]*\}$/.test(names) &&
      names
        .slice(1, -1)
        .split(',')
        .filter((n) => n.trim())
        .every((n) => n.trim().startsWith('type '));
    return {
      from: file,
      to: target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), target)) : target,
      typeOnly: match[1] !== undefined || onlyTypes,
    };
  });
}

const ALL = FOLDERS.flatMap(files).flatMap(importsOf);
const room = (path: string): string => {
  const [top = '', next = ''] = path.split('/');
  return top === 'src' ? (next.includes('.') ? next.replace(/\.ts$/, '') : next) : top;
};
/** A connector's fake, which takes from the suite what makes one. */
const isFake = ({ from, to }: Import) =>
  /^connectors\/[^/]+\/fake(-[a-z-]+)?\.ts$/.test(from) && to === 'src/conform/fake.ts';
const say = (imports: Import[]) => imports.map((i) => `${i.from} → ${i.to}`);

/** The rooms of src/ from which each room may take more than types. */
const MAY: Record<string, string[]> = {
  boom: ['http'],
  project: [],
  words: [],
  store: [],
  config: ['never-address'],
  'fault-name': [],
  'never-address': [],
  loop: [],
  http: ['never-address'],
  breaker: ['http'],
  connect: ['config', 'http', 'project'],
  receive: ['boom', 'fault-name', 'store'],
  reconcile: ['breaker', 'connect', 'http', 'project', 'loop', 'fault-name'],
  read: ['boom', 'breaker', 'fault-name', 'http', 'loop', 'project', 'store'],
  operate: [
    'boom',
    'connect',
    'http',
    'project',
    'read',
    'reconcile',
    'store',
    'words',
    'loop',
    'fault-name',
  ],
  dashboard: ['boom', 'config', 'connect', 'fault-name', 'operate', 'project', 'receive', 'store', 'words'],
  simulate: [],
  app: ['boom', 'http', 'operate', 'project', 'read', 'reconcile', 'fault-name'],
  serve: ['app', 'dashboard', 'operate', 'receive', 'fault-name'],
  conform: ['app', 'config', 'connect', 'operate', 'reconcile', 'store'],
  cli: [
    'app',
    'boom',
    'config',
    'conform',
    'connect',
    'operate',
    'project',
    'serve',
    'simulate',
    'store',
    'words',
  ],
  main: ['cli'],
};

describe('the house', () => {
  it.each(Object.keys(MAY))('%s takes from no room but those it may', (name) => {
    const strangers = ALL.filter(
      (i) => room(i.from) === name && i.from.startsWith('src') && i.to.startsWith('src') && !i.typeOnly,
    ).filter((i) => room(i.to) !== name && !MAY[name]?.includes(room(i.to)));
    expect(say(strangers)).toEqual([]);
  });

  it('has no room that the list does not name', () => {
    const rooms = new Set(ALL.filter((i) => i.from.startsWith('src')).map((i) => room(i.from)));
    expect([...rooms].filter((name) => !(name in MAY))).toEqual([]);
  });

  it('keeps knex and SQLite in store, and in the migrations as a type', () => {
    const users = ALL.filter((i) => /^(knex|better-sqlite3)(\/|$)/.test(i.to)).filter(
      (i) => room(i.from) !== 'store' && !i.typeOnly,
    );
    expect(say(users)).toEqual([]);
  });

  it('lets connectors see the contract, its errors and the HTTP helper only', () => {
    const allowed =
      /^(connectors\/|src\/connect\/contract\.ts$|src\/http\/(push-error|http)\.ts$|node:|csv-)/;
    const strangers = ALL.filter(
      (i) => i.from.startsWith('connectors/') && !allowed.test(i.to) && !isFake(i),
    );
    expect(say(strangers)).toEqual([]);
  });

  it('lets the program name no fake', () => {
    const users = ALL.filter((i) => i.from.startsWith('src/') && /^connectors\/[^/]+\/fake\.ts$/.test(i.to));
    expect(say(users)).toEqual([]);
  });

  it('lets the bench speak to the fakes of connectors, and to nothing else of theirs', () => {
    // Speed is told against the same fakes that the suite holds the connectors to.
    const strangers = ALL.filter(
      (i) =>
        i.from.startsWith('bench/') &&
        i.to.startsWith('connectors/') &&
        !/^connectors\/[^/]+\/fake\.ts$/.test(i.to),
    );
    expect(say(strangers)).toEqual([]);
  });

  it('reads the environment in config only', () => {
    const readers = FOLDERS.flatMap(files).filter(
      (file) =>
        /process\.env\b/.test(readFileSync(join(ROOT, file), 'utf8')) &&
        !file.startsWith('src/config/') &&
        !file.startsWith('bench/'),
    );
    expect(readers).toEqual([]);
  });

  it('has no cycle', () => {
    const graph = new Map<string, string[]>();
    for (const i of ALL)
      if (!i.typeOnly && i.to.endsWith('.ts')) graph.set(i.from, [...(graph.get(i.from) ?? []), i.to]);
    const done = new Set<string>();
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) throw new Error(`${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    expect(() => {
      for (const file of graph.keys()) visit(file, []);
    }).not.toThrow();
  });
});
