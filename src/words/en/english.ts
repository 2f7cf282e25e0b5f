/** English, one file a page. */
import { alerts } from './alerts.ts';
import { connection } from './connection.ts';
import { connections } from './connections.ts';
import { events } from './events.ts';
import { fields } from './fields.ts';
import { forget } from './forget.ts';
import { frame } from './frame.ts';
import { needsYou } from './needs-you.ts';
import { overview } from './overview.ts';
import { reporting } from './reporting.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';
import { standing } from './standing.ts';
import { tenant } from './tenant.ts';
import { tenants } from './tenants.ts';
import { verdict } from './verdict.ts';

export const english = {
  locale: 'en',
  ...{
    alerts,
    connection,
    connections,
    events,
    fields,
    forget,
    frame,
    needsYou,
    overview,
    reporting,
    settings,
    setup,
    signIn,
    standing,
    tenant,
    tenants,
    verdict,
  },
};
