import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultHome, homeOf, packageRoot } from '../../src/config/home.ts';

describe('the home', () => {
  it('is the clone', () => expect(homeOf({}).home).toBe(packageRoot()));

  it('is the folder it is started in where npm keeps the program, and replaces it', () => {
    const installed = path.join(path.sep, 'somewhere', 'node_modules', 'boomsync');
    expect(defaultHome(installed)).toBe(process.cwd());
    expect(defaultHome(path.join(path.sep, 'srv', 'boomsync'))).toBe(path.join(path.sep, 'srv', 'boomsync'));
  });

  it('is what BOOMSYNC_HOME says, unless it says nothing', () => {
    expect(homeOf({ BOOMSYNC_HOME: '/srv/oak' }).dataDir).toBe(path.resolve('/srv/oak/data'));
    expect(homeOf({ BOOMSYNC_HOME: ' ' }).home).toBe(packageRoot());
  });
});
