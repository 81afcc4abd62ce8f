import { Link } from '@remix-run/react';
import { requestPath } from '#app/pages/request-path.ts';
import type { RequestPage } from '#app/services/money/load-request-page.ts';

/** The same was carried out or asked for before: said before anything else, with why it is wanted again. */
export const AgainPart = ({ page: { content } }: { page: Pick<RequestPage, 'content'> }) =>
  content.again === undefined ? null : (
    <section aria-label="Asked again" className="border-s-4 border-high bg-raised px-3 py-1.5">
      <h3>
        The same was asked for before: this is another one.{' '}
        <Link to={requestPath(content.again.after)} className="font-normal">
          The earlier request
        </Link>
      </h3>
      <p className="break-words whitespace-pre-wrap">
        Again, because: <bdi>{content.again.because}</bdi>
      </p>
    </section>
  );
