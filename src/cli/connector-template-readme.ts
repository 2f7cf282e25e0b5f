/** What `boomsync connector new` says about what it wrote. */
export function readmeTemplate(name: string, label: string): string {
  return `# ${label} for boomsync

\`manifest.yaml\` says how ${label} is spoken to, \`fake.mjs\` plays ${label} for the tests. As written, both are about a PMS
that does not exist, and every test passes:

\`\`\`sh
npx boomsync connector test ./${name}
\`\`\`

In this order, running the test after each step:

1. In \`fake.mjs\`: make it answer as ${label} does. Copy answers from its documentation.
2. In \`manifest.yaml\`: \`servers\`, \`credentials\`, \`auth\`, \`check\`.
3. \`fields\`, \`remote\`, and the requests \`find\`, \`read\`, \`create\`, \`update\`.
4. \`notes\` and \`decision\`; take out what ${label} does not have, and say so under \`capabilities\`.
5. \`limits\`: what the vendor allows.

Then use it. Put this folder beside your \`config/\`, and write \`config/connections/${name}.yaml\`:

\`\`\`yaml
connector: ../${name}
mode: preview
credentials: { apiKey: "env:${name.toUpperCase().replaceAll('-', '_')}_KEY" }
\`\`\`

\`npx boomsync connector check ${name}\` proves the key and changes nothing. In preview nothing is written: look at
\`npx boomsync preview\` first, then \`npx boomsync connection live ${name}\`.
`;
}
