/** Whether each PMS lets us do what we need: asked only with what changes nothing. */
import type { Connection } from '../../connect/connection.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { type Checked, checkConnection } from '../connector-check.ts';
import { broken, type Finding, good } from './finding.ts';

export async function checkRights(connection: Connection): Promise<Finding> {
  const { name, label, capabilities } = connection;
  const check = `connection-${name}`;
  const said = words.connection;
  if (capabilities.byHand) return good(check, said.byHand(name));
  let checks: Checked[];
  try {
    checks = await checkConnection(connection);
  } catch {
    return broken(check, said.failed(name), said.remedy(name));
  }
  const refused = checks.find(({ ok }) => !ok);
  if (refused !== undefined)
    return broken(check, said.refused(name, refused.message ?? ''), refused.remedy ?? said.remedy(name));
  if (capabilities.local) return good(check, said.files(name));
  return good(check, said.good(name, label, Math.max(...checks.map(({ tookMs }) => tookMs))));
}
