import type { PublicApp } from '#app/platform/request-context.ts';

/** Whether what customers are mailed reaches nobody and can be read here. */
export const showsMail = ({ demo, env }: Pick<PublicApp, 'demo' | 'env'>): boolean =>
  demo || env.DEMO_MAIL_URL !== undefined;
