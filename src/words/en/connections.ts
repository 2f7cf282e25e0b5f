/** The list of connections. */
const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const connections = {
  title: 'Connections',
  empty: 'Nothing is connected yet. boomsync can keep your property management system in line with Boom.',
  add: 'Connect a system',
  boom: 'Our address and key for Boom',
  list: 'What is connected',
  preview: (label: string) => `Nothing is written to ${label} yet.`,
  live: (label: string) => `Changes are written to ${label}.`,
  files: 'Files on this computer.',
  byHand: (label: string) => `You are told what to do in ${label}.`,
  inLine: (count: number) => plural(count, 'record in line', 'records in line'),
  waiting: (count: number) => plural(count, 'waits', 'wait'),
  needsYou: (count: number) => plural(count, 'needs you', 'need you'),
  lastSuccess: 'Last confirmed',
  never: 'not yet',
  nextCheck: 'Next check',
  nextTry: 'Next try',
  onlyWhenAsked: 'only when you ask',
  unfinished: 'Begun and not finished',
  goOn: (name: string) => `Go on with ${name}`,
  drop: 'Drop it',
  dropLabel: (name: string) => `Drop it: ${name}`,
};
