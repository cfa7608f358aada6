import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Simulation, VkServer } from '#simulator/index.ts';
import { createSimulation } from '#simulator/index.ts';
import type { DataCheck } from './data-check.ts';
import { missingKeys, schemaChecker } from './schema/official-schema.ts';

type Json = Record<string, unknown>;

const anchor = new Date('2026-03-10T04:00:00Z');
const key = 'schema-check';

/** Keys that real posts have only sometimes: a comment shown, an edit, an advertising offer, the author's telephone. */
const optionalPostKeys = [
  'activity',
  'ads_easy_promote',
  'check_sign',
  'edited',
  'attachments_meta',
  'platform',
];

async function ask(server: VkServer, method: string, parameters: Record<string, string>): Promise<Json> {
  const body = new URLSearchParams({ access_token: key, v: '5.199', ...parameters });
  const response = await fetch(`${server.url}/${method}`, { method: 'POST', body });
  return (await response.json()) as Json;
}

function problemOf(errors: readonly string[]): string | null {
  return errors.length === 0 ? null : errors.slice(0, 3).join('; ');
}

/** Every wall, community and name of a simulated world, asked for over HTTP and held to VK's official schema. */
async function schemaChecks(folder: string, simulation: Simulation, server: VkServer): Promise<DataCheck[]> {
  const checks: DataCheck[] = [];
  const check = await schemaChecker(path.join(folder, 'vk-schema'));
  const pages = simulation.world.pages.map((page) => String(page.id));
  for (const [filter, extended] of [
    ['owner', '0'],
    ['all', '0'],
    ['all', '1'],
  ] as const) {
    const definition = extended === '1' ? 'wall_get_extended_response' : 'wall_get_response';
    const errors: string[] = [];
    let read = 0;
    for (const id of pages) {
      const answer = await ask(server, 'wall.get', { owner_id: `-${id}`, count: '100', filter, extended });
      if (answer.error === undefined) {
        read += 1;
        errors.push(
          ...check('wall/responses.json', definition, answer).map((error) => `club${id}: ${error}`),
        );
      }
    }
    checks.push({
      name: `wall.get filter=${filter} extended=${extended}: ${read} walls are as the schema says`,
      problem: read === 0 ? 'no wall could be read' : problemOf(errors),
    });
  }
  const asked = {
    group_ids: pages.join(','),
    fields: 'members_count,description,city,status,site,verified,activity,wall',
  };
  const groups = await ask(server, 'groups.getById', asked);
  checks.push({
    name: 'groups.getById: every community is as the schema says',
    problem: problemOf(check('groups/responses.json', 'groups_getById_object_response', groups)),
  });
  const page = simulation.world.pages[0];
  const post = page ? simulation.world.wall(page, anchor.getTime())[0] : undefined;
  const posts = { posts: `-${page?.id}_${post?.id}` };
  for (const [extended, definition] of [
    ['0', 'wall_getById_response'],
    ['1', 'wall_getById_extended_response'],
  ] as const) {
    checks.push({
      name: `wall.getById extended=${extended} is as the schema says`,
      problem: problemOf(
        check('wall/responses.json', definition, await ask(server, 'wall.getById', { ...posts, extended })),
      ),
    });
  }
  const resolved = await ask(server, 'utils.resolveScreenName', { screen_name: `club${page?.id}` });
  checks.push({
    name: 'utils.resolveScreenName is as the schema says',
    problem: problemOf(check('utils/responses.json', 'utils_resolveScreenName_response', resolved)),
  });
  const broken = {
    response: { count: 1, items: [{ inner_type: 'wall_wallpost', likes: { count: 'many' } }] },
  };
  const found = check('wall/responses.json', 'wall_get_response', broken);
  checks.push({
    name: 'the schema refuses a counter that is a word, or it would prove nothing',
    problem: found.some((error) => error.startsWith('/response/items/0/likes/count'))
      ? null
      : found.join('; '),
  });
  return checks;
}

/** The keys of simulated answers against those of real ones. */
async function captureChecks(folder: string, simulation: Simulation, server: VkServer): Promise<DataCheck[]> {
  const capture = async (file: string): Promise<Json> =>
    JSON.parse(await readFile(path.join(folder, 'vk-captures', file), 'utf8')) as Json;
  const page = simulation.world.pages[0];
  const wall = await ask(server, 'wall.get', { owner_id: `-${page?.id}`, count: '100' });
  const items = (wall.response as { items: Json[] }).items;
  const withPhoto = items.find((item) => JSON.stringify(item.attachments).includes('"sizes"'));
  const real =
    ((await capture('wall_get__group_wall_2025.json')).response as { items: Json[] }).items[0] ?? {};
  const repost = await capture('wall_post__repost_of_reply.json');
  const reposts = simulation.world.pages.map((one) =>
    ask(server, 'wall.get', { owner_id: `-${one.id}`, count: '100' }),
  );
  const ofReply = (await Promise.all(reposts))
    .flatMap((answer) => (answer.response as { items: Json[] } | undefined)?.items ?? [])
    .find((item) => (item.copy_history as Json[] | undefined)?.length === 2);
  const group = (await capture('groups_getById_2025.json')).response as { groups: Json[] };
  const answered = await ask(server, 'groups.getById', {
    group_ids: String(page?.id),
    fields: 'description',
  });
  const ours = (answered.response as { groups: Json[] }).groups[0] ?? {};
  const refused = await ask(server, 'wall.get', { owner_id: '-1' });
  const error = await capture('error_7.json');
  return [
    {
      name: 'a post has the keys of a real one, its photo and counters too',
      problem: problemOf(missingKeys(real, withPhoto, optionalPostKeys)),
    },
    {
      name: 'a repost of a reply has the entries of a real one',
      problem: problemOf(
        (repost.copy_history as Json[]).flatMap((entry, index) =>
          missingKeys(entry, (ofReply?.copy_history as Json[] | undefined)?.[index], []),
        ),
      ),
    },
    {
      name: 'a community has the keys of a real one',
      problem: problemOf(
        missingKeys(group.groups[0], ours, [
          'links',
          'contacts',
          'addresses',
          'is_admin',
          'is_member',
          'is_advertiser',
        ]),
      ),
    },
    { name: 'an error has the envelope of a real one', problem: problemOf(missingKeys(error, refused, [])) },
    {
      name: 'nothing unexpected was asked',
      problem: problemOf(server.unexpected.map(({ what }) => what)),
    },
  ];
}

/** Holds the simulator's VK server to VK's official schema and to real answers. */
export async function checkData(folder: string): Promise<DataCheck[]> {
  const simulation = createSimulation({ seed: 5, anchor });
  simulation.clock.speed = 0;
  const server = await simulation.serveVk({
    tokens: [{ token: key, kind: 'service', requestsPerSecond: 100_000 }],
  });
  try {
    return [
      ...(await schemaChecks(folder, simulation, server)),
      ...(await captureChecks(folder, simulation, server)),
    ];
  } finally {
    await server.close();
  }
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (folder === undefined) {
    process.stderr.write(
      'Usage: node tests/data-checks/simulator-schema.ts <folder with vk-schema/ and vk-captures/>\n',
    );
    process.exitCode = 2;
  } else {
    const checks = await checkData(folder);
    for (const { name, problem } of checks) {
      process.stdout.write(problem === null ? `  ✓ ${name}\n` : `  ✗ ${name}\n    ${problem}\n`);
    }
    const failed = checks.filter(({ problem }) => problem !== null).length;
    process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`);
    process.exitCode = failed === 0 ? 0 : 1;
  }
}
