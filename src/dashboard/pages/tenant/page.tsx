/** One tenant: who, where they stand, every record field by field, what happened, and what can be done. */
import { type Frame, page } from '../../contract.ts';
import { Actions } from './parts/actions.tsx';
import { Records } from './parts/records.tsx';
import { Stands, Who } from './parts/stands.tsx';
import { Timeline } from './parts/timeline.tsx';
import { readTenant, type TenantView, tenantQuery, tenantView } from './read.ts';

export const tenantPage = page({
  name: 'tenant',
  path: '/tenants/:id',
  nav: 'tenants',
  role: 'helper',
  about: 'One tenant: where they stand, every record, and what happened',
  query: tenantQuery,
  view: tenantView,
  read: readTenant,
  title: (view) => view.name,
  body: (view, frame) => <Tenant view={view} frame={frame} />,
});

function Tenant({ view, frame }: { view: TenantView; frame: Frame }) {
  return (
    <>
      <div class="sides">
        <Who view={view} frame={frame} />
        <Stands view={view} frame={frame} />
      </div>
      <Actions view={view} frame={frame} />
      <Records view={view} frame={frame} />
      <Timeline view={view} frame={frame} />
    </>
  );
}
