import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { configOf, faultsOf, MAIN, makeHome } from './home.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const ALL = `${MAIN}alerts:
  channels:
    - mail:
        host: smtp.example.com
        user: me
        password: env:SMTP
        from: boomsync@example.com
        to: [you@example.com, two@example.com]
    - name: phone
      ntfy: { url: "env:TOPIC", token: "env:TOKEN" }
    - url: { url: "https://hooks.example.com/a/b", secret: "env:SIGN" }
  quietHours: { from: "22:00", to: "07:00" }
  weekly: monday 08:00
  heartbeat: { url: "env:BEAT" }
`;
const ENV = {
  SMTP: 'pass',
  TOPIC: 'https://ntfy.sh/my-topic',
  TOKEN: 'tk_1',
  SIGN: SECRET,
  PLAIN: 'http://hc.example.com/ping?id=1',
  BEAT: 'https://hc.example.com/ping?id=1',
};
const faults = async (alerts: string, env: Record<string, string> = ENV) =>
  (await faultsOf({ 'boomsync.yaml': `${MAIN}alerts:\n${alerts}` }, env)).map(
    ({ path, message }) => `${path}: ${message}`,
  );
const channel = (text: string) => `  channels:\n    - ${text}\n`;

describe('alerts', () => {
  it('are none where nothing is said of them', async () => {
    const { config } = await configOf({ 'boomsync.yaml': MAIN });
    expect(config.alerts).toEqual({ channels: [], quietHours: null, weekly: null, heartbeat: null });
  });

  it('load with their secrets', async () => {
    const { config } = await configOf({ 'boomsync.yaml': ALL }, ENV);
    expect(config.alerts).toEqual({
      channels: [
        {
          kind: 'mail',
          name: 'mail',
          where: 'you@example.com, two@example.com',
          host: 'smtp.example.com',
          port: 587,
          secure: false,
          login: { user: 'me', password: 'pass' },
          from: 'boomsync@example.com',
          to: ['you@example.com', 'two@example.com'],
        },
        { kind: 'ntfy', name: 'phone', where: 'env:TOPIC', url: ENV.TOPIC, token: 'tk_1' },
        {
          kind: 'url',
          name: 'url',
          where: 'hooks.example.com',
          url: 'https://hooks.example.com/a/b',
          secret: SECRET,
        },
      ],
      quietHours: { from: 1320, to: 420 },
      weekly: { text: 'monday 08:00', weekday: 1, minute: 480 },
      heartbeat: { url: ENV.BEAT, everyMs: 300_000 },
    });
  });

  it('need no secrets for a look', async () => {
    const home = makeHome({ 'boomsync.yaml': ALL });
    const loaded = await loadConfig({ BOOMSYNC_HOME: home }, 'none');
    expect(loaded).toMatchObject({
      config: { alerts: { channels: [{ name: 'mail' }, { where: 'env:TOPIC', url: '' }, {}] } },
    });
  });

  it.each([
    [channel('{}'), 'alerts.channels[0]: expected exactly one of'],
    [channel('{ ntfy: { url: "env:TOPIC" }, url: { url: "env:BEAT" } }'), 'expected exactly one of'],
    [
      channel('ntfy: { url: "https://ntfy.sh/" }'),
      'alerts.channels[0].ntfy.url: expected an address with one topic',
    ],
    [channel('ntfy: { url: "env:SMTP" }'), 'is no address'],
    [channel('ntfy: { url: "env:NOWHERE" }'), 'the variable NOWHERE is not set'],
    [
      channel('url: { url: "env:BEAT", secret: "env:SMTP" }'),
      'alerts.channels[0].url.secret: expected `whsec_`',
    ],
    [channel('url: { url: "env:BEAT", secret: plain }'), 'a secret does not stand in this file'],
    [channel('mail: { host: h, from: a@b.c, to: ["x@y.z\\r\\nBcc: q@r.s"] }'), 'expected an e-mail address'],
    [channel('mail: { host: h, from: "a@b.c,d@e.f", to: [x@y.z] }'), 'expected an e-mail address'],
    [
      channel('mail: { host: h, user: me, from: a@b.c, to: [x@y.z] }'),
      'expected `user` and `password` together',
    ],
    [
      `${channel('url: { url: "env:BEAT" }')}    - url: { url: "env:BEAT" }\n`,
      'another channel is called `url`',
    ],
    [channel('ntfy: { url: "http://ntfy.example.com/topic" }'), 'channels[0].ntfy.url: would send keys'],
    [channel('url: { url: "http://10.0.0.5/hook" }'), 'channels[0].url.url: would send keys'],
    ['  heartbeat: { url: "http://hc.example.com/ping" }\n', 'alerts.heartbeat.url: would send keys'],
    ['  heartbeat: { url: "env:PLAIN" }\n', 'alerts.heartbeat.url: what it names would send keys'],
    [channel('url: { url: "https://169.254.169.254/latest" }'), 'link-local addresses'],
    [channel('mail: { host: "169.254.169.254", from: a@b.c, to: [x@y.z] }'), 'mail.host: leads to no server'],
    [
      channel('mail: { host: h, user: "me\\nyou", password: "env:SMTP", from: a@b.c, to: [x@y.z] }'),
      'one line',
    ],
    ['  quietHours: { from: "22:00", to: "25:00" }\n', 'expected a time of day'],
    ['  quietHours: { from: "22:00", to: "22:00" }\n', 'two times that differ'],
    ['  weekly: someday\n', 'expected a day and a time'],
  ])('say what is wrong with %j', async (alerts, expected) => {
    const found = await faults(alerts);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });
});
