import { DOORS } from '#tests/architecture/graph/allowed-callers.ts';
import { findPowers } from '#tests/architecture/graph/side-effects.ts';
import { buildGraph, leadingTo } from '#tests/architecture/graph/source-graph.ts';
import type { SourceGraph } from '#tests/architecture/graph/source-graph.ts';

/** Everything that can move value, each with the gate that it stands behind. */
export interface DoorList {
  /** `power: function, behind gate`, one for each function that comes at a power. */
  doors: string[];
  /** Functions that come at a power past every gate, and gates that ask nothing. */
  back: string[];
  /** Where people and programs come in, for each power. */
  entrances: string[];
}

/** What nobody else names: pages, commands, the server. */
const isEntrance = (graph: SourceGraph, named: ReadonlySet<string>, id: string): boolean =>
  graph.has(id) && !named.has(id);

export const listDoors = (sources: ReadonlyMap<string, string>): DoorList => {
  const graph = buildGraph(sources);
  const named = new Set([...graph.values()].flatMap(({ names }) => [...names]));
  const list: DoorList = { doors: [], back: [], entrances: [] };
  for (const { gate, asks } of DOORS)
    if (graph.get(gate)?.names.has(asks) !== true) list.back.push(`${gate} does not ask ${asks}`);
  for (const { name, holders } of findPowers(graph)) {
    const doors = DOORS.filter(({ power }) => power === name);
    const gates = new Set(doors.map(({ gate }) => gate));
    const near = leadingTo(graph, holders, gates);
    const known = new Map(
      doors.flatMap((door) => [door.gate, ...(door.inside ?? [])].map((id) => [id, door])),
    );
    for (const id of [...near].toSorted()) {
      const door = known.get(id);
      if (door) list.doors.push(`${name}: ${id}, behind ${door.gate}: ${door.why}`);
      else list.back.push(`${name}: ${id}`);
    }
    const ways = [...leadingTo(graph, holders)].filter((id) => isEntrance(graph, named, id));
    if (ways.length > 0) list.entrances.push(`${name}: from ${ways.toSorted().join(', ')}`);
  }
  return list;
};
