import { parse } from 'yaml';
import { settingDefinitions } from '#domain/settings.ts';

/** One service of a compose file, as far as we use it. */
export interface ComposeService {
  image?: string;
  build?: string;
  profiles?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  configs?: { source: string; target: string }[];
  depends_on?: Record<string, { condition: string; required?: boolean }>;
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
  [key: string]: unknown;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes?: Record<string, unknown>;
  configs?: Record<string, unknown>;
  [key: string]: unknown;
}

const topKeys = new Set(['name', 'services', 'volumes', 'configs']);
const serviceKeys = new Set(
  (
    'build cap_drop configs depends_on env_file environment healthcheck image init logging ports profiles read_only ' +
    'restart security_opt stop_grace_period tmpfs ulimits volumes'
  ).split(' '),
);
const settings = new Set<string>(settingDefinitions.map(({ name }) => name));
const secretSettings = new Set<string>(
  settingDefinitions.filter(({ secret }) => secret).map(({ name }) => name),
);

/** A compose file with its variables filled in: `${NAME:-default}` and `$${...}` are understood. */
export function readCompose(content: string, environment: Record<string, string> = {}): ComposeFile {
  const filled = content.replaceAll(
    /\$\{(\w+)(?::-([^}]*))?\}/g,
    (_, name: string, otherwise: string | undefined) => environment[name] || (otherwise ?? ''),
  );
  return parse(filled) as ComposeFile;
}

/** What is wrong with a compose file of ours, a sentence each. `app` is the service that runs ProfPulse. */
export function composeProblems(content: string, app = 'app'): string[] {
  const problems: string[] = [];
  let file: ComposeFile;
  try {
    file = readCompose(content);
  } catch (error) {
    return [`it is no YAML: ${error instanceof Error ? error.message : String(error)}`];
  }
  // Variables are filled in before profiles are looked at: a demand would stop those who start the app alone.
  for (const [given] of content.matchAll(/\$\{\w+:?\?[^}]*\}/g))
    problems.push(`${given} demands a value of everybody`);
  for (const key of Object.keys(file))
    if (!topKeys.has(key)) problems.push(`${key} is no part of a compose file of ours`);
  if (file.services[app]?.profiles) problems.push(`${app} does not start by default`);
  const written = parse(content) as ComposeFile;
  for (const [name, service] of Object.entries(file.services)) {
    const about = (text: string): number => problems.push(`${name}: ${text}`);
    for (const key of Object.keys(service)) if (!serviceKeys.has(key)) about(`${key} is not known`);
    imageProblems(service).forEach(about);
    for (const port of service.ports ?? []) {
      if (!/^127\.0\.0\.1:\d+:\d+$/.test(port)) about(`${port} is open to the network`);
    }
    if (service.restart !== 'unless-stopped') about('does not start again by itself');
    if (name !== app && !service.profiles?.length) about('starts though nobody asked for it');
    environmentProblems(written.services[name]?.environment ?? {}, name === app).forEach(about);
    if (!service.build && service.healthcheck?.test[0] !== 'CMD') about('has no healthcheck in exec form');
    dependencyProblems(service, file).forEach(about);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (!(source in (file.volumes ?? {}))) about(`the volume ${source} is not declared`);
    }
    for (const { source } of service.configs ?? []) {
      if (!(source in (file.configs ?? {}))) about(`the configuration ${source} is not declared`);
    }
  }
  const used = Object.values(file.services).flatMap(({ volumes = [] }) =>
    volumes.map((each) => each.split(':')[0]),
  );
  for (const volume of Object.keys(file.volumes ?? {}))
    if (!used.includes(volume)) problems.push(`nobody uses the volume ${volume}`);
  return problems;
}

function imageProblems({ image = '', build }: ComposeService): string[] {
  const [, tag] = /:([\w.-]+)$/.exec(image) ?? [];
  if (build !== undefined) return tag === 'local' ? [] : ['what is built here is called :local'];
  if (tag === undefined || !/^v?\d+\.\d+/.test(tag)) return [`${image} is not pinned to a version`];
  return [];
}

function environmentProblems(environment: Record<string, string>, isApp: boolean): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const bare = name.replace(/_FILE$/, '');
    const isSecret = secretSettings.has(bare) || /PASSWORD|SECRET|TOKEN|KEY/.test(name);
    const isFromOutside = /^\$\{\w+:-\}$/.test(value);
    if (isApp && !settings.has(bare)) return [`${name} is no setting`];
    if (typeof value !== 'string') return [`${name} is not a text: quote it`];
    if (isSecret && bare === name && !isFromOutside)
      return [`${name} holds a secret: take it from outside, as \${NAME:-}`];
    return [];
  });
}

function dependencyProblems({ depends_on = {}, profiles = [] }: ComposeService, file: ComposeFile): string[] {
  return Object.entries(depends_on).flatMap(([name, { condition, required = true }]) => {
    const other = file.services[name];
    if (!other) return [`depends on ${name}, which is not there`];
    if (condition === 'service_healthy' && !other.healthcheck)
      return [`waits for the health of ${name}, which has none`];
    const mayBeAway = other.profiles?.some((profile) => !profiles.includes(profile));
    return mayBeAway && required ? [`cannot start without ${name}, which only a profile starts`] : [];
  });
}
