/** What a landlord is told to look at when Boom's API fails. */
import type { Words } from '../../http/http-faults.ts';

export function boomWords(account: string): Words {
  const block = `\`api\` of the account ${account} in config/boomsync.yaml`;
  return {
    address: 'the address of Boom’s API',
    setting: `\`server\` under ${block}`,
    refusedKey: `Check \`accessKey\` and \`secretKey\` under ${block}: they may have been replaced, or belong to another environment. If Boom's enhanced security is on, \`sendAccessKey: true\` belongs there too.`,
    noRight: `Ask Boom's partner support to let the keys under ${block} read this.`,
    refusedRequest: 'Install the newest boomsync; if it stays, report it to its authors.',
    refusedFields: 'Install the newest boomsync; if it stays, report it to its authors.',
  };
}
