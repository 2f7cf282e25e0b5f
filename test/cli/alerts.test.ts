import { describe, expect, it } from 'vitest';
import { startMailbox, startPostbox } from '../operate/alerts/mailbox.ts';
import { makeHome } from '../support/process.ts';

const MAIN = `boom:
  - name: main
    webhookKeys: [env:BOOM_WEBHOOK_KEY]
publicUrl: https://sync.example.com
timezone: UTC
`;

async function homeWith(alerts: string, env: Record<string, string> = {}) {
  const home = makeHome(env);
  home.write('config/boomsync.yaml', `${MAIN}${alerts}`);
  home.write('config/connections/tc.yaml', 'connector: checklist\nlabel: TenantCloud\nmode: live\n');
  return home;
}

describe('boomsync alerts', () => {
  it('says that nobody would hear of trouble where none is set', async () => {
    const home = await homeWith('');
    await (await home.start()).kill('SIGTERM');
    const shown = await home.run('alerts');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('No alert is set; you would not hear of trouble.');
    const tested = await home.run('alerts', 'test', '--json');
    expect(tested.code).toBe(1);
    expect(tested.json()).toMatchObject({ error: { code: 'no_alerts' } });
  });

  it('test sends a real message by each channel and says what was answered', async () => {
    const [box, hook] = [await startMailbox(), await startPostbox()];
    const { port } = box.channel() as { port: number };
    const home = await homeWith(
      `alerts:
  channels:
    - mail: { host: 127.0.0.1, port: ${port}, from: boomsync@example.com, to: [you@example.com] }
    - name: chat
      url: { url: "env:HOOK" }
`,
      { HOOK: `${hook.url}/secret-in-path` },
    );
    const tested = await home.run('alerts', 'test', '--json');
    expect(tested.code).toBe(0);
    expect(tested.json()).toMatchObject({
      channels: [
        { channel: 'mail', ok: true, answer: expect.stringMatching(/^250 /) },
        { channel: 'chat', ok: true, answer: 'HTTP 200' },
      ],
    });
    expect(box.mails[0]?.headers.subject).toBe('boomsync: This is a test');

    hook.answer = { status: 403 };
    const one = await home.run('alerts', 'test', 'chat');
    expect(one.code).toBe(1);
    expect(one.stdout).toMatch(/▲ chat: .*does not allow it.*\n {2}→ Check the key/);
    expect(one.stdout + one.stderr).not.toContain('secret-in-path');
    expect(box.mails).toHaveLength(1);

    const unknown = await home.run('alerts', 'test', 'pigeon');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('They are: mail, chat');
  });

  it('shows what is open and what was sent, once the server has told it', async () => {
    const hook = await startPostbox();
    const home = await homeWith(
      `alerts:
  channels:
    - url: { url: "${hook.url}" }
  quietHours: { from: "22:00", to: "22:01" }
  weekly: monday 08:00
`,
    );
    const first = await home.start();
    await home.run('send', 'application_approved');
    await first.kill('SIGTERM');
    hook.posts.length = 0;
    const second = await home.start();
    expect(JSON.parse((await hook.next()).text)).toMatchObject({
      type: 'alert.opened',
      data: {
        title: 'One thing is to be done by hand in TenantCloud',
        link: 'https://sync.example.com/needs-you/at/parked-tc-by_hand',
      },
    });
    expect(await second.kill('SIGTERM')).toBe(0);
    expect(second.logged()).not.toMatch(/Ruiz|example\.com/);
    expect((await home.run('alerts', '--json')).json()).toMatchObject({
      channels: [{ name: 'url', kind: 'url', waiting: 0, lastSentAt: expect.any(String), failing: null }],
      open: [{ cause: 'parked-tc-by_hand' }],
      quietHours: { from: '22:00', to: '22:01' },
      weekly: 'monday 08:00',
      heartbeatMinutes: null,
    });
    const { stdout } = await home.run('alerts');
    expect(stdout).toContain('▲ One thing is to be done by hand in TenantCloud, since');
    expect(stdout).toContain('Weekly: monday 08:00');
  });
});
