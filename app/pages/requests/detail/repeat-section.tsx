import { Link } from '@remix-run/react';
import { requestPath } from '#app/pages/shared/paths.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';

/** Another one about the same is carried out or open: said before anything else, with why this one is wanted. */
export const RepeatSection = ({
  page: { content, follows },
}: {
  page: Pick<RequestDetail, 'content' | 'follows'>;
}) =>
  content.again === undefined ? null : (
    <section aria-label="Requested again" className="border-s-4 border-high bg-raised px-3 py-1.5">
      <h3>
        {follows?.says ?? 'This was requested before.'}{' '}
        <Link to={requestPath(content.again.after)} className="font-normal">
          The earlier request
        </Link>
      </h3>
      <p className="break-words whitespace-pre-wrap">
        Why again: <bdi>{content.again.because}</bdi>
      </p>
    </section>
  );
