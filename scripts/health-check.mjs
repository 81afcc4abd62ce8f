/* Ends with 0 where the console on this machine is ready to work; for container engines. */
const port = process.env.PORT || '3000';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
    signal: AbortSignal.timeout(4_000),
  });
  if (!answer.ok) console.error(await answer.text());
  process.exit(answer.ok ? 0 : 1);
} catch (error) {
  console.error(`The console does not answer: ${error.message}`);
  process.exit(1);
}
