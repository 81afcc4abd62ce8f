import { spawnSync } from 'node:child_process';

/** `npm run migrations:generate -- NAME`: writes what the schema has changed, for both databases. */
const name = process.argv[2];
if (!name || !/^[a-z_]+$/.test(name)) {
  console.error('Usage: npm run migrations:generate -- NAME   (lower-case letters and _)');
  process.exit(1);
}
for (const DATABASE_URL of ['file:none', 'postgres://none']) {
  const { status } = spawnSync('npx', ['drizzle-kit', 'generate', '--name', name], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL },
  });
  if (status !== 0) process.exit(1);
}
