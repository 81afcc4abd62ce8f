/** What a start without a Stripe key says of itself, a line each. `env`: the server's. */
export function wordsOf(url, env, demo) {
  const mail = env.DEMO_MAIL_URL ? [`What customers are mailed: ${url}/mail`] : [];
  const localStripe = `stands in at ${env.STRIPE_API_BASE}.`;
  if (demo)
    return [
      'This is the demo: no Stripe key is set, so no real money can move. A local Stripe',
      `${localStripe} Sign in as`,
      '  agent@demo.test, agent2@demo.test, lead@demo.test, finance@demo.test,',
      '  finance2@demo.test, admin@demo.test or auditor@demo.test',
      'with the password: redress demo only',
      ...mail,
      '',
    ];
  const nothing = 'No Stripe key is set: nothing can be refunded, and no real money can move.';
  if (!env.STRIPE_API_BASE) return [nothing, ''];
  return [
    nothing,
    `To try things out, a local Stripe filled from this database ${localStripe}`,
    'No mail and no request leaves this machine. What is decided here stays a trial: work with',
    'real payments begins on a new database.',
    ...mail,
    '',
  ];
}
