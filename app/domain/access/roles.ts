/** Who may do what. The one table of rights: pages declare a permission, never a role. */
export const ROLES = ['agent', 'lead', 'finance', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

const PERMISSIONS = {
  'flags.view': ['agent', 'lead', 'finance', 'admin', 'auditor'],
  'customers.view': ['agent', 'lead', 'finance', 'admin', 'auditor'],
  'customers.search': ['agent', 'lead', 'finance', 'admin', 'auditor'],
  'flags.dismiss-low': ['agent', 'lead', 'finance'],
  'flags.dismiss': ['lead'],
  'flags.snooze': ['lead'],
  'flags.assign': ['lead'],
  'requests.view': ['agent', 'lead', 'finance', 'admin', 'auditor'],
  'requests.ask': ['agent', 'lead', 'finance'],
  /** A lead stands for a refund whose ground customers have not been told of. */
  'requests.vouch': ['lead'],
  'requests.decide-credits': ['lead', 'finance'],
  'requests.decide-refund': ['finance'],
  'requests.review': ['finance'],
  /** Sends or closes a letter to a customer that does not leave by itself. Its text is never theirs. */
  'requests.letters': ['agent', 'lead', 'finance'],
  /** Where the book and Stripe tell different stories. */
  'drift.view': ['lead', 'finance', 'auditor'],
  'drift.compare': ['lead', 'finance'],
  /** Lends the own right to decide; taking it on needs the right to ask, so that nobody gets in sideways. */
  'requests.lend': ['lead', 'finance'],
  'requests.end-loans': ['lead', 'finance', 'admin'],
  /** Where nobody is left who may decide: two people, neither of whom has touched it. */
  'requests.break-glass': ['lead', 'finance'],
  /** What a restored database had forgotten; whoever confirms it lets money and mail go out again. */
  'restore.view': ['lead', 'finance', 'admin', 'auditor'],
  'restore.confirm': ['finance'],
  /** That the clocks of the machines are apart. */
  'clocks.view': ['lead', 'finance', 'admin'],
  'audit.view': ['lead', 'finance', 'admin', 'auditor'],
  'session.own': ['agent', 'lead', 'finance', 'admin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** A signed-in member of staff. */
export interface Actor {
  staffId: string;
  name: string;
  email: string;
  role: Role;
}

export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);
