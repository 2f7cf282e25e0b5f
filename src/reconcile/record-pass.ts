/**
 * Makes remote equal desired for one record: look, compare, create or update with only the changes, read back.
 * Whatever it learns is kept in `state` at once, so that an error in the middle forgets nothing.
 */
import { createHash } from 'node:crypto';
import type { Connection } from '../connect/connection.ts';
import type { Desired, Fields, Note, Remote, RemoteId } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import type { Tenant } from '../project/tenant.ts';
import type { Attempt } from '../store/attempts.ts';
import type { SyncState, SyncStore } from '../store/sync.ts';
import { answerDecision } from './decision.ts';
import { merge, rememberPushed } from './merge.ts';
import { lastSaysDecided, revertNote } from './notes.ts';
import { parked, SYNCED, type Verdict } from './verdict.ts';
import { verdictOf, type WantedRecord } from './wanted.ts';

/** Named steps, for tests that pull the plug at each of them. */
export type Step =
  | 'look'
  | 'intent'
  | 'create'
  | 'created'
  | 'update'
  | 'updated'
  | 'decide'
  | 'note'
  | 'read_back';

export interface PassTools {
  sync: Pick<SyncStore, 'saveState' | 'holders'>;
  timezone: string;
  now: () => Date;
  /** Whether Boom is still to be asked about this person, and was not waited for too long. */
  awaitsRead: (tenant: Tenant) => Promise<boolean>;
  /** Told before each step. */
  step?: (step: Step) => void | Promise<void>;
}

/** A read takes seconds; it changes nothing where Boom has said all there is. */
const READ_LOOK_MS = 5_000;
const AWAITS_READ: Verdict = {
  state: 'waiting',
  cause: 'fresh_read',
  message: 'boomsync is asking Boom for what its message left out, before it makes a record',
  remedy: null,
};

export class RecordPass {
  readonly attempts: Attempt[] = [];
  state: SyncState;
  /** When to look again although nothing has failed; null: only when something changes. */
  lookAgainInMs: number | null = null;
  readonly #wanted: WantedRecord;
  readonly #connection: Connection;
  readonly #tools: PassTools;
  #desired!: Desired;
  #parkedFields: string[] = [];
  #wouldDo: string[] = [];
  #decisionVerdict: Verdict | null = null;

  constructor(wanted: WantedRecord, state: SyncState, connection: Connection, tools: PassTools) {
    this.#wanted = wanted;
    this.#connection = connection;
    this.#tools = tools;
    this.state = state;
  }

  /** Throws `PushError`; `state` and `attempts` then hold what was learned before. */
  async run(): Promise<void> {
    const { obstacle } = this.#wanted;
    if (obstacle !== null) {
      this.#end(verdictOf(obstacle));
      return;
    }
    await this.#desire();
    await this.#step('look');
    const remote = await this.#lookUp();
    if (remote === 'ended') return;
    if (remote === null) {
      const created = await this.#create();
      if (created !== null) await this.#settle(created);
      return;
    }
    await this.#settle(await this.#update(remote));
  }

  get #live(): boolean {
    return this.#connection.mode === 'live';
  }

  async #desire(): Promise<void> {
    const { scope, kind, place } = this.#wanted;
    this.#desired = {
      tenantId: scope.tenant.id,
      place,
      key: scope.key,
      ...scope.person,
      fields: await this.#connection.desire(kind, scope),
    };
  }

  /** The record over there; null where there is none; `ended` where nothing more is to be done now. */
  async #lookUp(): Promise<Remote | null | 'ended'> {
    const { connector, capabilities, label } = this.#connection;
    const { kind } = this.#wanted;
    const known = this.state.remoteId;
    if (known !== null) {
      if (!capabilities.readBack) return { id: known, fields: this.state.pushed?.fields ?? {} };
      const remote = await connector.read(kind, known);
      if (remote !== null) return remote;
      if (!capabilities.local) {
        this.#end(
          parked(
            'gone_there',
            `The record is no longer in ${label}`,
            `Restore it in ${label}, then run "boomsync retry". boomsync does not make it anew.`,
          ),
        );
        return 'ended';
      }
      this.state = { ...this.state, remoteId: null, pushed: null };
    }
    if (!capabilities.local && (await this.#tools.awaitsRead(this.#wanted.scope.tenant))) {
      this.lookAgainInMs = READ_LOOK_MS;
      this.#end(AWAITS_READ);
      return 'ended';
    }
    if (capabilities.find === 'none') return null;
    const found = await this.#find();
    const [only] = found;
    if (only === undefined) return null;
    if (found.length > 1) {
      throw new PushError('ambiguous', `Two or more records in ${label} fit this person`, {
        remedy: `Leave one of them in ${label} with this e-mail address, then run "boomsync retry".`,
        candidates: found.map((remote) => remote.id),
      });
    }
    await this.#adopt(only);
    return only;
  }

  /** Who may be this person. Records that are other tenants' of ours are not: couples share an address. */
  async #find(): Promise<Remote[]> {
    const { connector, name } = this.#connection;
    const { kind } = this.#wanted;
    try {
      // What an earlier try may have made was made under what we knew of the person then.
      const { intent } = this.state;
      const made = intent === null ? [] : await connector.find(kind, intent);
      if (made.length === 0) return await connector.find(kind, this.#desired);
      this.state.pushed ??= { fields: intent?.fields ?? {}, decision: null, notes: [] };
      return made;
    } catch (error) {
      if (!(error instanceof PushError) || error.kind !== 'ambiguous' || error.candidates.length === 0)
        throw error;
      for (const id of error.candidates) {
        const holders = await this.#tools.sync.holders(name, kind, id);
        if (!holders.some((holder) => holder.tenantId !== this.state.tenantId)) throw error;
      }
      return [];
    }
  }

  async #adopt(remote: Remote): Promise<void> {
    const { name, label } = this.#connection;
    const { kind } = this.#wanted;
    const holders = await this.#tools.sync.holders(name, kind, remote.id);
    const other = holders.find((h) => h.tenantId !== this.state.tenantId || h.place !== this.state.place);
    if (other) {
      const same = other.tenantId === this.state.tenantId;
      throw new PushError(
        'ambiguous',
        same
          ? `The record in ${label} that fits is this person's for another unit`
          : `The record in ${label} that fits this person is already another tenant's`,
        {
          remedy: same
            ? `Make a second record in ${label} for this unit, then run "boomsync retry".`
            : `Check whether ${other.tenantId} and ${this.state.tenantId} are one person.`,
          candidates: [remote.id],
        },
      );
    }
    if (!this.#live) return;
    await this.#learn({ remoteId: remote.id, intent: null });
    this.#record('adopt', null, null);
  }

  async #create(): Promise<Remote | null> {
    const { connector, capabilities } = this.#connection;
    const { kind, ifAbsent } = this.#wanted;
    if (ifAbsent !== null) {
      this.#end(verdictOf(ifAbsent));
      return null;
    }
    if (!this.#live) {
      this.#wouldDo.push('add one record');
      this.#end(this.#preview());
      return null;
    }
    await this.#step('intent');
    if (!capabilities.local) {
      await this.#learn({ state: 'creating', intent: this.#desired });
    }
    await this.#step('create');
    const created = await connector.create(kind, this.#desired.fields, this.#idempotencyKey(), this.#desired);
    await this.#step('created');
    await this.#learn({ remoteId: created.id, intent: null });
    this.#record('create', null, this.#desired.fields);
    return await this.#readBack(created, this.#desired.fields);
  }

  async #update(remote: Remote): Promise<Remote> {
    const { connector } = this.#connection;
    const { changes, conflicts } = merge(
      this.#desired.fields,
      remote.fields,
      this.state.pushed?.fields ?? null,
      this.#connection,
    );
    this.#parkedFields = conflicts;
    const names = Object.keys(changes);
    if (names.length === 0) return remote;
    if (!this.#live) {
      this.#wouldDo.push(`change ${names.join(', ')}`);
      return remote;
    }
    await this.#step('update');
    const whole = { ...remote.fields, ...changes };
    const before = Object.fromEntries(names.map((name) => [name, remote.fields[name] ?? null]));
    const attempt = this.#record('update', before, changes);
    // What was there before is kept also where the answer never comes.
    attempt.outcome = 'sent';
    await connector.update(this.#wanted.kind, remote.id, changes, whole);
    await this.#step('updated');
    const shown = await this.#readBack({ id: remote.id, fields: whole }, changes);
    attempt.outcome = 'done';
    return shown;
  }

  /** Believes nothing but what the PMS shows: some answer 200 to a write that they ignored. */
  async #readBack(written: Remote, changes: Fields): Promise<Remote> {
    const { connector, capabilities, label } = this.#connection;
    if (!capabilities.readBack) return written;
    await this.#step('read_back');
    const shown = await connector.read(this.#wanted.kind, written.id);
    if (shown === null) {
      throw new PushError('conflict', `${label} took the record and does not show it`, {
        remedy: 'boomsync will look again.',
      });
    }
    const refused = Object.entries(changes)
      .filter(([field, value]) => !this.#connection.same(field, value, shown.fields[field]))
      .map(([field]) => field);
    this.#remember(shown);
    if (refused.length > 0) {
      throw new PushError(
        'conflict',
        `We sent ${refused.join(', ')} and ${label} still shows another value`,
        {
          remedy: `Someone or a rule in ${label} may have changed it back. boomsync will send it again.`,
          fields: refused,
        },
      );
    }
    return shown;
  }

  /** What is left once the fields are there: the decision, the notes, the verdict. */
  async #settle(remote: Remote): Promise<void> {
    this.#remember(remote);
    const decisionNote = await this.#decide(remote.id);
    await this.#addNotes(
      remote.id,
      decisionNote === null ? this.#wanted.notes : [...this.#wanted.notes, decisionNote],
    );
    if (this.#parkedFields.length > 0) {
      const { label } = this.#connection;
      this.#end(
        parked(
          'edited_there',
          `${label} has another value than Boom, and not from us: ${this.#parkedFields.join(', ')}`,
          `Correct it in Boom, or say who wins under "fields:" in config/connections/${this.#connection.name}.yaml.`,
        ),
      );
    } else if (this.#decisionVerdict !== null) {
      this.#end(this.#decisionVerdict);
    } else if (this.#wanted.unsettled !== null) {
      this.#end(verdictOf(this.#wanted.unsettled));
    } else {
      this.#end(this.#wouldDo.length > 0 ? this.#preview() : SYNCED);
    }
  }

  /** Sets the decision where the PMS has a place and a word for it; else returns the note that says it. */
  async #decide(id: RemoteId): Promise<Note | null> {
    const { connector, capabilities, label } = this.#connection;
    const { decision: wanted, kind, weak, scope } = this.#wanted;
    if (wanted === null) return null;
    const remote = (await connector.decision?.(kind, id)) ?? null;
    const at = scope.application?.since ?? this.#tools.now().toISOString();
    const answer = answerDecision({
      ...wanted,
      weak,
      resident: scope.residency !== null && scope.residency.status !== 'moved_out',
      canNote: capabilities.notes === 'staff' && connector.addNote !== undefined,
      word: this.#connection.decisionFor(wanted.leasing),
      openWord: this.#connection.decisionFor('in_review'),
      before: this.state.pushed?.decision ?? null,
      remote,
      noted: lastSaysDecided(this.state.pushed?.notes ?? []),
      revert: revertNote(at, this.#tools.timezone),
      label,
    });
    switch (answer.do) {
      case 'nothing':
        return null;
      case 'remember':
        this.#rememberDecision(answer.value);
        return null;
      case 'note':
        return answer.note;
      case 'park':
        this.#decisionVerdict = answer.verdict;
        return null;
      case 'set':
        await this.#setDecision(id, remote?.value ?? null, answer.value);
        return answer.note;
      default:
        return answer satisfies never;
    }
  }

  async #setDecision(id: RemoteId, before: string | null, value: string): Promise<void> {
    const { connector, label } = this.#connection;
    const { kind } = this.#wanted;
    if (!this.#live) {
      this.#wouldDo.push('set the decision');
      return;
    }
    await this.#step('decide');
    await connector.decide?.(kind, id, value);
    this.#record('decide', { decision: before }, { decision: value });
    const shown = (await connector.decision?.(kind, id)) ?? null;
    if (shown?.value !== value) {
      throw new PushError('conflict', `We sent the decision and ${label} still shows another`, {
        remedy: `Someone or a rule in ${label} may have changed it back. boomsync will send it again.`,
      });
    }
    this.#rememberDecision(value);
  }

  async #addNotes(id: RemoteId, notes: Note[]): Promise<void> {
    const { connector, capabilities } = this.#connection;
    if (notes.length === 0 || capabilities.notes === 'none' || !connector.notes || !connector.addNote) return;
    const said = new Set(this.state.pushed?.notes ?? []);
    if (notes.every((note) => said.has(note.marker))) return;
    const there = await connector.notes(this.#wanted.kind, id);
    for (const note of notes) {
      if (!there.some((other) => other.text.includes(note.marker))) {
        if (!this.#live) {
          this.#wouldDo.push('add a note');
          continue;
        }
        await this.#step('note');
        await connector.addNote(this.#wanted.kind, id, note);
        this.#record('note', null, null);
      }
      if (this.#live) this.#rememberNote(note.marker);
    }
  }

  #remember(remote: Remote): void {
    if (!this.#live) return;
    const { pushed } = this.state;
    const fields = rememberPushed(
      this.#desired.fields,
      remote.fields,
      pushed?.fields ?? null,
      this.#connection,
    );
    this.state.pushed = { fields, decision: pushed?.decision ?? null, notes: pushed?.notes ?? [] };
  }

  #rememberDecision(decision: string): void {
    if (this.#live && this.state.pushed) this.state.pushed = { ...this.state.pushed, decision };
  }

  #rememberNote(marker: string): void {
    const { pushed } = this.state;
    if (pushed && !pushed.notes.includes(marker))
      this.state.pushed = { ...pushed, notes: [...pushed.notes, marker] };
  }

  #preview(): Verdict {
    return {
      state: 'waiting',
      cause: 'preview',
      message: `Preview: boomsync would ${this.#wouldDo.join(' and ')} in ${this.#connection.label}`,
      remedy: `When you are content, set "mode: live" in config/connections/${this.#connection.name}.yaml and start boomsync again.`,
    };
  }

  #end(verdict: Verdict): void {
    const at = this.#tools.now().toISOString();
    const settled = verdict.state === 'synced';
    this.state = {
      ...this.state,
      ...verdict,
      attempts: 0,
      syncedAt: settled ? at : this.state.syncedAt,
      updatedAt: at,
    };
  }

  /** Kept before anything else may fail; a file's rows are kept by the file itself. */
  async #learn(changes: Partial<SyncState>): Promise<void> {
    this.state = { ...this.state, ...changes, updatedAt: this.#tools.now().toISOString() };
    if (!this.#connection.capabilities.local) await this.#tools.sync.saveState(this.state);
  }

  #record(action: Attempt['action'], before: Fields | null, changes: Fields | null): Attempt {
    const { tenantId, connection, kind, place } = this.state;
    const at = this.#tools.now().toISOString();
    const what = {
      action,
      outcome: 'done',
      message: null,
      before,
      changes,
      remoteId: this.state.remoteId,
      at,
    };
    const attempt: Attempt = { tenantId, connection, kind, place, ...what };
    this.attempts.push(attempt);
    return attempt;
  }

  /** The same for every try of the same create. */
  #idempotencyKey(): string {
    const { tenantId, connection, kind, place } = this.state;
    return createHash('sha256')
      .update([connection, kind, tenantId, place].join('\n'))
      .digest('hex')
      .slice(0, 32);
  }

  async #step(step: Step): Promise<void> {
    await this.#tools.step?.(step);
  }
}
