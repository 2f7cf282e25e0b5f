/** Nothing is asked of a system without an API; should anything be, it is refused. */
import type { FakeFactory } from '../../src/conform/fake.ts';

const fakeChecklist: FakeFactory = () => ({
  credentials: {},
  units: [],
  deaf: false,
  answer: () => ({ status: 404 }),
  isWrite: () => true,
  people: () => [],
  refuses: () => 'there is nothing to be asked',
});

export default fakeChecklist;
