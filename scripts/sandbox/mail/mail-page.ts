import type { Delivered } from '#scripts/sandbox/mail/start-mail.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? '');

const article = ({ to, headers, text }: Delivered): string =>
  `<article><h2>${escape(headers['subject'] ?? '')}</h2>` +
  `<p>To ${escape(to.join(', '))}, ${escape(headers['date'] ?? '')}</p>` +
  `<pre>${escape(text)}</pre></article>`;

/** What was mailed, newest first, as a page. */
export const mailPage = (delivered: readonly Delivered[]): string =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sent mail</title></head>' +
  `<body><main><h1>Sent mail</h1>${
    delivered.length === 0
      ? '<p>No mail yet. What customers are told appears here.</p>'
      : delivered.toReversed().map(article).join('')
  }</main></body></html>`;
