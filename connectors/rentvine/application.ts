/** An application as Rentvine's export shows it: flat, or beside its unit and its lease. */
import type { Remote } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';

export interface Applicant {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
}

export interface Application {
  id: string;
  unitId: string | null;
  /** The account's own status, and which of Rentvine's eight it stands for. */
  statusId: string | null;
  primaryStatusId: string | null;
  leaseId: string | null;
  /** ISO 8601; null where it is not shown. */
  createdAt: string | null;
  applicants: Applicant[];
}

/** Throws `transient` where it is none: then the API is not as we know it. */
export function applicationOf(row: unknown, label: string): Application {
  const outer = object(row);
  const inner = 'application' in outer ? object(outer.application) : outer;
  const id = idOf(inner.applicationID);
  if (id === null) throw unreadable(label);
  const applicants = list(inner.applicants ?? outer.applicants).map((entry) => applicantOf(entry, label));
  const statusId = text(inner.applicationStatusID);
  return {
    id,
    unitId: text(inner.unitID) ?? text(object(outer.unit).unitID),
    statusId,
    primaryStatusId: text(inner.primaryApplicationStatusID) ?? statusId,
    leaseId: text(inner.leaseID) ?? text(object(outer.lease).leaseID),
    createdAt: text(inner.dateTimeCreated),
    applicants,
  };
}

export function remoteOf(application: Application, { id, name, email, phone }: Applicant): Remote {
  const fields = { name, email, phone, unitID: application.unitId };
  return { id: `${application.id}-${id}`, fields };
}

/** The application of a record of ours, and who in it. */
export function partsOf(recordId: string): { application: string; applicant: string } {
  const [application = '', applicant = ''] = recordId.split('-');
  return { application, applicant };
}

function applicantOf(entry: unknown, label: string): Applicant {
  const { applicantID, name, email, phone } = object(entry);
  const id = idOf(applicantID);
  if (id === null) throw unreadable(label);
  return { id, name: text(name), email: text(email), phone: text(phone) };
}

function unreadable(label: string): PushError {
  return new PushError('transient', `${label} answered with an application that we cannot read.`, {
    remedy: 'Nothing to do: it is tried again by itself. If it stays so, the API has changed: report it.',
  });
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What an id is made of: two of them stand in an id of ours, and one in an address. */
function idOf(value: unknown): string | null {
  const id = text(value);
  return id !== null && /^\w{1,100}$/.test(id) ? id : null;
}

/** Ids come as numbers or as text; 0 stands for none. */
function text(value: unknown): string | null {
  if (typeof value === 'number') return value === 0 ? null : String(value);
  return typeof value === 'string' && value.trim() !== '' && value !== '0' ? value : null;
}
