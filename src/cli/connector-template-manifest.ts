/** The manifest that `boomsync connector new` writes: every setting that most PMSs need, with what it means. */
export function manifestTemplate(name: string, label: string): string {
  return `# ${label}. Every setting is explained in docs/connectors/manifest.md of boomsync.
contract: 1
id: ${name}
label: ${label}

capabilities:
  # What a record is there: applicant, tenant, or both. Add tenant under kinds below if you need it.
  kinds: [applicant]
  # merges: an update leaves alone what it does not name. replaces: it blanks that. If in doubt: replaces.
  update: merges
  # How it finds people: exact, contains, scan (lists everybody), index (only lists what changed) or none.
  find: contains
  readBack: true
  # staff: notes that nobody else can read. If tenants or owners may read them: none.
  notes: staff
  applicants: applied
  # Whether its records need its own id of a unit: required, optional or unused.
  unitId: optional

servers:
  production: https://api.example.com

credentials:
  apiKey:
    label: the API key
    help: "Where a landlord finds it, in one sentence: Settings, API, Create key."

auth:
  headers:
    Authorization: "Bearer {apiKey}"

# What the vendor allows. All windows hold at once.
limits:
  concurrency: 2
  windows: [{ requests: 60, seconds: 60 }]

# Where a refusal names the fields that it did not like: names, never values.
refusedFields: errors.field

# A request that changes nothing and that only somebody with a good key may send.
check:
  method: GET
  path: /me
  account: name

# How its units are listed, for "boomsync units".
units:
  method: GET
  path: /units
  records: data
  id: id
  title: name
  property: building

kinds:
  applicant:
    # What we send, by the PMS's names. Nothing else ever leaves.
    fields:
      firstName: { from: person.firstName, required: true, maxLength: 50 }
      lastName: { from: person.lastName, required: true, maxLength: 50 }
      email: { from: person.email, compare: email }
      # compare: phone says that (512) 555-0143 is +15125550143.
      phone: { from: person.phone, compare: phone }
      unitId: { from: unitId }

    # How one record of an answer is read: expressions over it.
    remote:
      id: $string(id)
      fields:
        firstName: firstName
        lastName: lastName
        email: email
        phone: phone
        unitId: unitId

    requests:
      find:
        - needs: [email]
          method: GET
          path: /people
          query: { search: "{email}" }
          records: data
          page: { size: 50 }
          # What must be equal for a hit to be this person; compared by boomsync, exactly.
          by: { email: email }
          # What must be equal too, or it may be somebody else with the same address: a couple.
          confirm: { firstName: firstName, lastName: lastName }
          # One person who applies for two units has two records.
          apart: [unitId]
        - needs: [phone, firstName, lastName]
          method: GET
          path: /people
          query: { search: "{lastName}" }
          records: data
          page: { size: 50 }
          by: { firstName: firstName, lastName: lastName, phone: phone }
          apart: [unitId]
      read: { method: GET, path: "/people/{id}", record: data }
      # If a create can e-mail the person: switch that off in the body, always.
      create: { method: POST, path: /people, body: fields, record: data }
      update: { method: PATCH, path: "/people/{id}", body: fields }
      notes: { method: GET, path: "/people/{id}/notes", records: data, text: text }
      addNote: { method: POST, path: "/people/{id}/notes", body: '{ "text": text }' }
      # Where a decision can be set: delete this and \`status\` if it cannot, and it becomes a note.
      decision:
        statuses: [open, approved, declined, withdrawn]
        read: { method: GET, path: "/people/{id}" }
        item: data.id
        value: data.status
        # Nobody has decided there yet, and nobody may decide any more.
        open: data.status = "open"
        locked: data.status = "leased"
        set: { method: PATCH, path: "/people/{id}", body: '{ "status": value }' }

    # Boom's word to the PMS's. A conditional approval is never an approval: leave it out.
    status:
      in_review: open
      approved: approved
      declined: declined
      canceled: withdrawn
`;
}
