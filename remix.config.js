/**
 * The options of the Remix compiler. `v3_singleFetch` stays off (its decoder has an unfixed denial of
 * service) and so does `v3_lazyRouteDiscovery` (its manifest address can be made to stall the server).
 *
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: 'app',
  buildDirectory: 'build',
  serverModuleFormat: 'esm',
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_routeConfig: true,
    v3_singleFetch: false,
    v3_lazyRouteDiscovery: false,
  },
};
