import http from 'node:http';
import Database from 'better-sqlite3';
import { floorPage, prepareFloor } from '#scripts/bench/floors/floor-page.ts';

/*
 * The floor of every page: node:http, prepared queries and a concatenated string. Started by the bench
 * with the path of the database; prints its port.
 */
const path = process.argv[2];
if (path === undefined) throw new Error('usage: floor-server.ts DATABASE');
const queries = prepareFloor(new Database(path, { readonly: true }));

const server = http.createServer((request, response) => {
  const id = decodeURIComponent((request.url ?? '').split('/').at(-1) ?? '');
  const page = floorPage(queries, id);
  response.writeHead(page === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
  });
  response.end(page ?? 'no such customer');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
});
