import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import type { Entities } from '#scripts/sandbox/stripe/entities.ts';
import type { RenderedKind } from '#scripts/sandbox/stripe/objects/render.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

type Cause = { id: string; key: string | null } | null;

/** Records that something has happened to `row`, and has it delivered. `cause`: the request, if one. */
export const emit = <K extends RenderedKind>(
  world: World,
  type: string,
  {
    kind,
    row,
    previous = null,
  }: { kind: K; row: Entities[K]; previous?: Record<string, unknown> | null },
  cause: Cause = null,
): void => {
  const event = world.put('event', {
    id: world.newId('evt'),
    created: world.seconds(),
    type,
    snapshot: render(world, kind, row),
    previous,
    request: { id: cause?.id ?? null, idempotency_key: cause?.key ?? null },
  });
  world.onEvent(event);
};
