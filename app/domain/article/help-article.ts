/*
 * What customers have been told, line by line: the source of every rule. The words are the company's
 * and are quoted, never improved.
 */

export interface ArticleSection {
  /** The trouble as the customer would name it. */
  title: string;
  lines: readonly string[];
}

export const HELP_ARTICLE: readonly ArticleSection[] = [
  {
    title: 'After subscription renewal',
    lines: [
      'Credits refresh on your billing date',
      'Check your billing date in Organization > Billing',
      'Allow a few minutes after renewal time',
    ],
  },
  {
    title: 'After purchasing credits',
    lines: [
      'Purchases are usually instant',
      'Check your payment completed successfully',
      'Look in Billing > History for the transaction',
      'If missing after 15 minutes, contact support',
    ],
  },
  {
    title: 'After plan upgrade',
    lines: [
      'Additional credits should appear immediately',
      'Refresh your browser if not visible',
      'Check Billing > History for upgrade confirmation',
    ],
  },
  {
    title: 'Credits used more than expected',
    lines: [
      'Higher resolutions cost more (2K = 2x, 4K = 3x)',
      'Video costs depend on duration and model tier',
      'Model training costs 400 credits',
      'Check generation history for details',
    ],
  },
  {
    title: 'Credits used for failed generations',
    lines: [
      "Failed generations shouldn't charge credits",
      'If charged incorrectly, contact support with details',
      'Include the time and type of generation',
    ],
  },
  {
    title: 'Balance seems incorrect',
    lines: [
      'Refresh the page',
      'Log out and back in',
      'Check if other team members are generating',
      'Review generation history for recent usage',
    ],
  },
  {
    title: 'Balance shows negative',
    lines: [
      "This shouldn't happen",
      'Contact support immediately',
      "Don't generate until resolved",
    ],
  },
  {
    title: 'Payment failed',
    lines: [
      'Check your card details are correct',
      'Ensure sufficient funds available',
      'Try a different payment method',
      'Contact your bank if blocked',
    ],
  },
  {
    title: 'Double charged',
    lines: [
      'Check both charges in Billing > History',
      'Sometimes pending charges drop off',
      'If confirmed duplicate, contact support for refund',
    ],
  },
  {
    title: "Can't add payment method",
    lines: [
      'Ensure card details are entered correctly',
      'Try a different card type',
      'Check your card supports online payments',
      'Contact your bank if issues persist',
    ],
  },
  {
    title: "Can't download invoice",
    lines: ['Try a different browser', 'Disable popup blockers', 'Check your downloads folder'],
  },
  {
    title: 'Wrong information on invoice',
    lines: [
      'Update billing info for future invoices',
      "Past invoices can't be modified",
      'Contact support for corrected reissue if needed',
    ],
  },
  {
    title: 'Missing invoice',
    lines: [
      'Check Billing > History',
      'Check your email spam folder',
      'Contact support if transaction exists but no invoice',
    ],
  },
  {
    title: 'When refunds are possible',
    lines: ['Technical issues preventing use', 'Duplicate charges', 'Charges after cancellation'],
  },
  {
    title: 'How to request',
    lines: [
      'Go to Billing > History',
      'Find the transaction',
      'Contact support with transaction details',
      'Explain the issue clearly',
    ],
  },
  {
    title: 'Refund processing',
    lines: [
      'Typically processed within 5-10 business days',
      'Appears on original payment method',
      "You'll receive confirmation email",
    ],
  },
];
