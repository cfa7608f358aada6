import { settingDefinitions } from '#domain/settings.ts';

/** What a unit says: its values by section and key, in order. */
export type Unit = Record<string, Record<string, string[]>>;

const known: Record<string, string> = {
  Unit: 'Description Wants After StartLimitIntervalSec StartLimitBurst',
  Service:
    'Type User Group WorkingDirectory Environment EnvironmentFile ExecStart Restart RestartSec RestartPreventExitStatus ' +
    'TimeoutStopSec KillMode StateDirectory StateDirectoryMode UMask ProtectSystem ProtectHome PrivateTmp PrivateDevices ' +
    'ProtectProc ProtectClock ProtectControlGroups ProtectHostname ProtectKernelLogs ProtectKernelModules ' +
    'ProtectKernelTunables NoNewPrivileges CapabilityBoundingSet LockPersonality RestrictAddressFamilies RestrictNamespaces ' +
    'RestrictRealtime RestrictSUIDSGID SystemCallArchitectures SystemCallFilter SystemCallErrorNumber',
  Install: 'WantedBy',
};

/** Reads a unit of systemd; lines that are neither section, comment nor `Key=value` are kept under the section ``. */
export function readUnit(content: string): Unit {
  const unit: Unit = {};
  let section = '';
  for (const line of content.split('\n')) {
    if (line.trim() === '' || /^[#;]/.test(line)) continue;
    const heading = /^\[(\w+)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading;
      unit[section] = {};
      continue;
    }
    const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    const place = key === undefined ? '' : section;
    unit[place] ??= {};
    (unit[place][key ?? line] ??= []).push(value);
  }
  return unit;
}

/** What is wrong with our unit, a sentence each. */
export function unitProblems(content: string): string[] {
  const unit = readUnit(content);
  const problems: string[] = [];
  for (const [section, keys] of Object.entries(unit)) {
    for (const key of Object.keys(keys)) {
      if (!known[section]?.split(' ').includes(key)) problems.push(`${key} is not known in [${section}]`);
    }
  }
  const service = unit['Service'] ?? {};
  const one = (key: string): string => service[key]?.at(-1) ?? '';
  if (/^(?:|root)$/.test(one('User'))) problems.push('it runs as root');
  const directory = one('WorkingDirectory');
  if (one('ExecStart') !== `${directory}/node_modules/.bin/node --max-semi-space-size=16 server.ts`)
    problems.push('ExecStart is not the project’s own Node with server.ts');
  if (/MemoryDenyWriteExecute/.test(Object.keys(service).join(' '))) problems.push('Node does not start so');
  const settings = new Map(settingDefinitions.map((setting) => [String(setting.name), setting]));
  for (const pair of service['Environment'] ?? []) {
    const [name = '', value] = pair.split('=');
    const setting = settings.get(name.replace(/_FILE$/, ''));
    if (!setting && name !== 'NODE_ENV') problems.push(`${name} is no setting`);
    if (setting?.secret && !name.endsWith('_FILE'))
      problems.push(`${name} is a secret: everybody can read a unit`);
    if (name === 'DATA_DIR' && value !== `/var/lib/${one('StateDirectory')}`)
      problems.push('DATA_DIR is not the StateDirectory, the only place it may write to');
  }
  if (!service['Environment']?.some((pair) => pair.startsWith('DATA_DIR=')))
    problems.push('DATA_DIR is not set');
  if (!one('EnvironmentFile').startsWith('-/etc/'))
    problems.push('without its EnvironmentFile it does not start');
  return problems;
}
