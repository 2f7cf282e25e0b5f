/** Whether the public address leads to boomsync: as far as this computer can tell. */
import { BlockList, isIP } from 'node:net';
import type { Config } from '../../config/config.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { type Answer, ask } from './ask.ts';
import { broken, type Finding, good, look, unknown } from './finding.ts';

const CHECK = 'public-address';

export async function checkAddress(
  { publicUrl, accounts }: Pick<Config, 'publicUrl' | 'accounts'>,
  running: boolean,
  now: () => Date,
): Promise<Finding> {
  const said = words.address;
  if (publicUrl === null) return look(CHECK, said.none, said.noneRemedy);
  const url = new URL(publicUrl);
  if (isPrivate(url.hostname)) return look(CHECK, said.private, said.noneRemedy);
  if (!running) return unknown(CHECK, said.stopped, words.server.remedy);
  // What proxies pass on; without a key nothing is taken, and the answer is ours alone.
  const [first] = accounts;
  const path = accounts.length > 1 && first ? `/webhooks/boom/${first.name}` : '/webhooks/boom';
  return await askAddress(new URL(`${publicUrl}${path}`), now);
}

export async function askAddress(url: URL, now: () => Date): Promise<Finding> {
  const said = words.address;
  const answer = await ask(url.href, 'POST', now);
  switch (answer) {
    case 'certificate':
      return broken(CHECK, said.certificate, said.certificateRemedy);
    case 'name':
      return broken(CHECK, said.name, said.nameRemedy);
    case 'unreachable':
      return look(CHECK, said.unreachable, said.unreachableRemedy);
    default:
      return judged(answer, url.protocol);
  }
}

function judged({ status, ours }: Answer, protocol: string): Finding {
  const said = words.address;
  if (status !== 401 || !ours) return broken(CHECK, said.other(status), said.otherRemedy);
  return protocol === 'https:' ? good(CHECK, said.good) : look(CHECK, said.plain, said.plainRemedy);
}

const HERE = new BlockList();
HERE.addSubnet('10.0.0.0', 8);
HERE.addSubnet('100.64.0.0', 10);
HERE.addSubnet('127.0.0.0', 8);
HERE.addSubnet('169.254.0.0', 16);
HERE.addSubnet('172.16.0.0', 12);
HERE.addSubnet('192.168.0.0', 16);
HERE.addAddress('::1', 'ipv6');
HERE.addSubnet('fc00::', 7, 'ipv6');
HERE.addSubnet('fe80::', 10, 'ipv6');

function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (/(^|\.)(localhost|local|lan|home\.arpa|internal)$/.test(host)) return true;
  const family = isIP(host);
  return family !== 0 && HERE.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
