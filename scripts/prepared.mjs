import { runChild } from './children.mjs';
import { root } from './installed.mjs';

/**
 * Gets the database ready. `found`: whether it is the demo's (`demo`), and the command that adds the first
 * admin where nobody can sign in yet (`firstAdmin`).
 */
export async function prepare() {
  let said = '';
  const program = ['--import', 'tsx', 'scripts/prepare.ts', '3'];
  const status = await runChild(process.execPath, program, {
    cwd: root,
    input: 'pipe',
    report: (text) => (said += text),
  });
  return { status, found: said === '' ? {} : JSON.parse(said) };
}
