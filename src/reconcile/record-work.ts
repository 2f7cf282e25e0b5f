/**
 * What is known so far in a pass over one record. Whatever is learned is kept in `state` at once, so that an error in
 * the middle forgets nothing.
 */
import type { Connection, FieldRules } from '../connect/connection.ts';
import type { Desired, Fields, Remote } from '../connect/contract.ts';
import type { Attempt, MadeAttempt } from '../store/attempts.ts';
import type { Plan, SyncState } from '../store/sync.ts';
import { settledBy } from './answers.ts';
import { rememberPushed } from './merge.ts';
import type { PassTools, Step } from './pass-tools.ts';
import type { Verdict } from './verdict.ts';
import type { WantedRecord } from './wanted.ts';

export class RecordWork {
  readonly wanted: WantedRecord;
  readonly connection: Connection;
  readonly tools: PassTools;
  readonly attempts: MadeAttempt[] = [];
  state: SyncState;
  /** What we want there to be; made when the pass begins to look. */
  desired!: Desired;
  /** What the look found; null until then. */
  plan: Plan | null = null;
  /** When to look again although nothing has failed; null: only when something changes. */
  lookAgainInMs: number | null = null;
  /** Boom says something for which there is no place over there. */
  unsaid = false;

  constructor(wanted: WantedRecord, state: SyncState, connection: Connection, tools: PassTools) {
    this.wanted = wanted;
    this.state = state;
    this.connection = connection;
    this.tools = tools;
  }

  get live(): boolean {
    return this.connection.mode === 'live';
  }

  get at(): string {
    return this.tools.now().toISOString();
  }

  async step(step: Step): Promise<void> {
    await this.tools.step?.(step);
  }

  lookAgain(ms: number): void {
    this.lookAgainInMs = Math.min(this.lookAgainInMs ?? ms, ms);
  }

  end(verdict: Verdict): void {
    const { at } = this;
    const { candidates = [], ...said } = verdict;
    this.state = {
      ...this.state,
      ...said,
      candidates,
      attempts: 0,
      syncedAt: verdict.state === 'synced' ? at : this.state.syncedAt,
      updatedAt: at,
    };
  }

  /** Kept before anything else may fail; a file's rows are kept by the file itself. */
  async learn(changes: Partial<SyncState>): Promise<void> {
    this.state = { ...this.state, ...changes, updatedAt: this.at };
    if (this.connection.capabilities.local) return;
    await this.tools.sync.saveState(
      this.state,
      this.attempts.filter(({ id }) => id !== null),
    );
  }

  /** An attempt at this record, not kept yet: `sent`, as it stays where nobody hears what became of it. */
  attempt(action: Attempt['action'], before: Fields | null, changes: Fields | null): Attempt {
    const { tenantId, connection, kind, place, remoteId } = this.state;
    const { at } = this;
    const what = { action, outcome: 'sent', message: null, before, changes, remoteId, at };
    return { tenantId, connection, kind, place, ...what };
  }

  /** Kept before the request is sent, so that what was there before is known whatever becomes of it. */
  async begin(
    action: Attempt['action'],
    before: Fields | null,
    changes: Fields | null,
  ): Promise<MadeAttempt> {
    const attempt = this.attempt(action, before, changes);
    const { local } = this.connection.capabilities;
    return this.add(attempt, local ? null : await this.tools.attempts.save(attempt));
  }

  add(attempt: Attempt, id: number | null): MadeAttempt {
    const made = { ...attempt, id };
    this.attempts.push(made);
    return made;
  }

  get rules(): FieldRules {
    return this.connection.rules(this.wanted.kind);
  }

  remember(remote: Remote): void {
    if (!this.live) return;
    const { pushed } = this.state;
    const fields = rememberPushed(this.desired.fields, remote.fields, pushed?.fields ?? null, this.rules);
    const settled = settledBy(this.desired.fields, remote, this.state, this.rules);
    this.state.pushed = {
      fields,
      decision: pushed?.decision ?? null,
      notes: pushed?.notes ?? [],
      ...(settled ? { settled } : {}),
    };
  }

  rememberDecision(decision: string): void {
    if (this.live && this.state.pushed) this.state.pushed = { ...this.state.pushed, decision };
  }

  rememberNote(marker: string): void {
    const { pushed } = this.state;
    if (this.live && pushed && !pushed.notes.includes(marker))
      this.state.pushed = { ...pushed, notes: [...pushed.notes, marker] };
  }

  forgetNote(marker: string): void {
    const { pushed } = this.state;
    if (pushed) this.state.pushed = { ...pushed, notes: pushed.notes.filter((said) => said !== marker) };
  }
}
