import type { Permission } from '#app/domain/access/roles.ts';

/** What one address answers to whom. Statuses are those of a permitted person who sends nothing. */
export interface Access {
  /** The path of app/routes.ts; `''` is the start. */
  path: string;
  /** The router's name for it. */
  id: string;
  /** Whom the loader lets through; null: there is no loader. */
  reads: Permission | 'public' | null;
  /** Statuses of a whole page and of its facts (`?_data=`). */
  get: readonly [number, number];
  /** Whom the action lets through; null: there is none. */
  acts: Permission | 'public' | null;
  post: readonly [number, number];
}
