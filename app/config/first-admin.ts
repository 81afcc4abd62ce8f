/** A word of a command as a shell takes it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The address of a database without its password. */
const withoutPassword = (databaseUrl: string): string =>
  databaseUrl.replace(/^(\w+:\/\/[^/?#]*?):[^/?#]*@/, '$1:PASSWORD@');

/** What a person types to add the first admin to this database. It asks for the password. */
export const firstAdminCommand = (databaseUrl: string): string =>
  `DATABASE_URL=${quoted(withoutPassword(databaseUrl))} npm run staff -- add you@company.example --name "Your Name" --role admin`;
