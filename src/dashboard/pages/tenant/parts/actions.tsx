/** What can be done about the person as a whole. */
import type { Frame } from '../../../contract.ts';
import { ButtonForm } from '../../../parts/form.tsx';
import type { TenantView } from '../read.ts';

export function Actions({ view, frame }: { view: TenantView; frame: Frame }) {
  const { tenant } = frame.words;
  const given = { tenantId: view.id };
  const inPms = view.records.some(({ local }) => !local);
  return (
    <section class="card">
      <h2>{tenant.actions}</h2>
      <div class="actions">
        <ButtonForm does="tenant_retry" frame={frame} with={given} look={view.held ? 'main' : 'plain'}>
          {view.held ? tenant.release : tenant.sendAgain}
        </ButtonForm>
        {inPms && !view.held ? (
          <ButtonForm does="tenant_hold" frame={frame} with={given}>
            {tenant.hold}
          </ButtonForm>
        ) : null}
        {frame.who.role === 'owner' ? (
          <>
            <a class="button" href={`/tenants/${encodeURIComponent(view.id)}/merge`}>
              {tenant.merge}
            </a>
            <a class="button" href={`/tenants/${encodeURIComponent(view.id)}/forget`}>
              {frame.words.forget.page.open}
            </a>
          </>
        ) : null}
      </div>
      <p class="small soft">
        {view.held ? tenant.say.held() : `${tenant.sendAgainNote} ${inPms ? tenant.holdNote : ''}`}
      </p>
    </section>
  );
}
