/** The decision that a PMS keeps beside a record: looked at, and set where it is ours to set. */
import type { Connector, Kind, RemoteDecision, RemoteId } from './contract.ts';
import type { KindOf } from './rest-connector.ts';
import { lockedDecision, noDecision } from './rest-faults.ts';
import { idOf } from './rest-remote.ts';
import type { Send } from './rest-send.ts';

export function decisions(ofKind: KindOf, label: string, send: Send): Pick<Connector, 'decision' | 'decide'> {
  const look = async (kind: Kind, id: RemoteId) => {
    const { decision } = ofKind(kind);
    if (decision === null) return null;
    const { body } = await send(decision.read, { id }, 'json');
    const item = idOf(await decision.item.evaluate(body));
    if (item === null) return null;
    const state: RemoteDecision = {
      value: idOf(await decision.value.evaluate(body)),
      open: (await decision.open.evaluate(body)) === true,
      locked: (await decision.locked.evaluate(body)) === true,
    };
    return { item, set: decision.set, state, record: body };
  };
  return {
    decision: async (kind, id) => (await look(kind, id))?.state ?? null,
    async decide(kind, id, value) {
      const now = await look(kind, id);
      if (now === null) throw noDecision(label);
      if (now.state.value === value) return;
      if (now.state.locked) throw lockedDecision(label);
      await send(now.set, { id, item: now.item, value, record: now.record }, 'optional');
    },
  };
}
