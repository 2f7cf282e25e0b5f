/** The style, the script and the icons: read once, named by their contents, so that a browser may keep them. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Middleware } from 'koa';
import { packageRoot } from '../config/home.ts';
import type { Verdict } from '../operate/verdict.ts';

interface Asset {
  type: string;
  text: string;
}

const COLOURS: Record<Verdict, string> = {
  in_line: '#1a7f4b',
  catching_up: '#1f6feb',
  unconfirmed: '#9a6700',
  quiet: '#9a6700',
  needs_you: '#b35900',
  paused: '#57606a',
  stopped: '#b42318',
  not_set_up: '#57606a',
};

/** The verdict's own shape, so that the colour is not all there is. */
const SHAPES: Record<Verdict, string> = {
  in_line: '<circle cx="8" cy="8" r="7"/>',
  catching_up:
    '<path d="M8 1a7 7 0 0 0 0 14z"/><circle cx="8" cy="8" r="6.25" fill="none" stroke-width="1.5" class="s"/>',
  unconfirmed: '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" stroke-dasharray="3 2" class="s"/>',
  quiet: '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" stroke-dasharray="3 2" class="s"/>',
  needs_you: '<path d="M8 1l7.5 14H.5z"/>',
  paused: '<path d="M3 2h4v12H3zM9 2h4v12H9z"/>',
  stopped: '<path d="M1.5 1.5h13v13h-13z"/>',
  not_set_up: '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" class="s"/>',
};

const named = new Map<string, Asset>();

function read(file: string, type: string): string {
  const text = readFileSync(path.join(packageRoot(), 'src', 'dashboard', 'assets', file), 'utf8');
  const [name, end] = [path.parse(file).name, path.extname(file)];
  const address = `/assets/${name}.${hash('sha256', text, 'hex').slice(0, 12)}${end}`;
  named.set(address, { type, text });
  return address;
}

/** Their addresses. */
export const assets = {
  style: read('style.css', 'text/css; charset=utf-8'),
  script: read('script.js', 'text/javascript; charset=utf-8'),
};

export const iconOf = (verdict: Verdict): string => `/assets/${verdict}.svg`;

for (const [verdict, shape] of Object.entries(SHAPES)) {
  const colour = COLOURS[verdict as Verdict];
  const drawn = shape.replaceAll('class="s"', `stroke="${colour}"`);
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="${colour}">${drawn}</svg>`;
  named.set(iconOf(verdict as Verdict), { type: 'image/svg+xml', text });
}

/** Nobody needs to be signed in for these. */
export const serveAssets: Middleware = async (ctx, next) => {
  const asset = ctx.method === 'GET' || ctx.method === 'HEAD' ? named.get(ctx.path) : undefined;
  if (asset === undefined) return await next();
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.type = asset.type;
  ctx.body = asset.text;
};
