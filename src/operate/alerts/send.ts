/** What sends a message by a channel, and what it says where it could not. */
import type { AlertMessage } from '../../store/outbox.ts';

export interface Envelope {
  /** The same for every try of a message: who gets it twice can tell. Letters, digits and `-`. */
  id: string;
  message: AlertMessage;
  at: Date;
}

/** Resolves with what the other side answered; rejects with a `SendFailure`. */
export type Send = (envelope: Envelope) => Promise<string>;

/** Why a message was not taken. Only `word` is kept and logged: an answer may quote what was sent. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  readonly word: string;
  readonly remedy: string;

  constructor(word: string, message: string, remedy: string) {
    super(message);
    this.word = word;
    this.remedy = remedy;
  }
}

/** For each try, in milliseconds, so that a server that hangs holds up nothing for long. */
export const SEND_MS = 10_000;
