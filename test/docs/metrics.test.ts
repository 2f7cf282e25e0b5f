/** The metrics as the code has them, and that the dashboard and the rules ask for nothing else. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/operate/metrics.ts';
import { readStatus } from '../../src/operate/status.ts';
import { openTestStore } from '../support/store.ts';
import { expectPart, markdownTable, readDoc } from './generated.ts';

const PAGE = 'docs/metrics.md';
const NODE = /^boomsync_(process|nodejs)_/;

interface Metric {
  name: string;
  type: string;
  help: string;
}

async function rendered(): Promise<string> {
  const { folder, stores } = await openTestStore();
  const now = () => new Date('2026-11-24T08:00:00Z');
  const config = {
    accounts: [],
    timezone: 'UTC',
    backup: {
      schedule: null,
      keep: { daily: 7, weekly: 4 },
      folder: join(folder, 'backups'),
      passphrase: null,
    },
  };
  const connection = { name: 'oak', label: 'Buildium', mode: 'live' as const, revision: '1' };
  const server = { running: true, address: null };
  const status = await readStatus({ stores, connections: [connection], config, server, now });
  const metrics = await createMetrics({ databaseFile: join(folder, 'boomsync.sqlite'), stores, now });
  return (await metrics.render(status)).text;
}

function metricsOf(exposition: string): Metric[] {
  return [...exposition.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
    ([, name = '', help = '', type = '']) => ({ name, help, type }),
  );
}

const nameSet = async () => new Set(metricsOf(await rendered()).map(({ name }) => name));

/** Names of metrics in an expression of Prometheus. */
const namesIn = (expr: string) => expr.match(/\bboomsync_\w+/g) ?? [];

it('the page lists every one of ours', async () => {
  const rows = metricsOf(await rendered())
    .filter(({ name }) => !NODE.test(name))
    .map(({ name, type, help }) => [`\`${name}\``, type, help]);
  expect(rows.length).toBeGreaterThan(15);
  expectPart(
    PAGE,
    'metrics',
    markdownTable(['name', 'kind', 'what it is'], rows),
    'test/docs/metrics.test.ts',
  );
});

it('their names say the unit, and none ends in what Prometheus keeps for counters', async () => {
  for (const { name, type } of metricsOf(await rendered()).filter((one) => !NODE.test(one.name))) {
    expect(name).toMatch(/^boomsync_[a-z_]+$/);
    expect(type).toBe('gauge');
    expect(name).not.toMatch(/_(total|count|sum|bucket|ms|millis|minutes|hours|kb|mb)$/);
  }
});

it('the database has a size, and its log another', async () => {
  const text = await rendered();
  expect(text).toMatch(/^boomsync_database_bytes [1-9]\d+$/m);
  expect(text).toMatch(/^boomsync_database_wal_bytes \d+$/m);
  expect(text).toContain('boomsync_connection_overdue_seconds{connection="oak"} 0');
});

it('the dashboard asks for what there is', async () => {
  const names = await nameSet();
  const dashboard = JSON.parse(readDoc('docs/grafana/boomsync.json')) as {
    panels: { id: number; title: string; gridPos: object; targets: { expr: string }[] }[];
  };
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { title, targets } of panels)
    for (const { expr } of targets) {
      expect(namesIn(expr), title).not.toEqual([]);
      expect(
        namesIn(expr).filter((name) => !names.has(name)),
        title,
      ).toEqual([]);
    }
});

it('so do the rules, and each says what to do', async () => {
  const names = await nameSet();
  const { groups } = parse(readDoc('docs/grafana/alerts.yaml')) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string; remedy: string } }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(5);
  for (const { alert, expr, annotations } of rules) {
    expect(namesIn(expr), alert).not.toEqual([]);
    expect(
      namesIn(expr).filter((name) => !names.has(name)),
      alert,
    ).toEqual([]);
    expect(annotations.summary, alert).toBeTruthy();
    expect(annotations.remedy, alert).toBeTruthy();
  }
});
