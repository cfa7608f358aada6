import { describe, expect, it } from 'vitest';
import { createSimulation } from './index.ts';
import { readOptions, SimulatorOptionError } from './serve.ts';

const anchor = new Date('2026-03-10T04:00:00Z');

describe('the register of the world', () => {
  const simulation = createSimulation({ anchor });
  const csv = simulation.registerCsv();
  const lines = csv.trimEnd().split('\n');

  it('has the columns of the contract and a line for each organisation', () => {
    expect(lines[0]).toBe(
      'organisation,short,parent,level,sector,municipality,council,members,members_on,tier,vk,telegram,site,chair,chair_email,chair_phone,responsible,email,phone',
    );
    expect(lines).toHaveLength(46);
    expect(simulation.registerCsv(anchor)).toBe(csv);
  });

  it('writes links in many forms, several in one cell, and quotes commas', () => {
    for (const form of [
      /@profsim_/,
      /vk\.com\/club\d+/,
      /https:\/\/vk\.ru\//,
      /utm_source/,
      /vk\.com\/public\d+/,
      /m\.vk\.com/,
    ]) {
      expect(csv).toMatch(form);
    }
    expect(lines.some((line) => / (?:@|https?:|vk\.|m\.)\S*_news|club\d+ \S*club\d+/.test(line))).toBe(true);
    expect(csv).toContain('"Приангарская областная организация Профсоюза работников торговли, ');
  });

  it('gives only people and addresses that cannot be real', () => {
    const addresses = csv.match(/\S+@\S+\.\w+/g) ?? [];
    expect(addresses.every((address) => address.includes('@example.org'))).toBe(true);
    expect((csv.match(/\+7[^,]+/g) ?? []).every((phone) => phone.startsWith('+7 000 '))).toBe(true);
  });

  it('names a renamed page as of the instant, and a page that is gone by its id', () => {
    const renamed = simulation.world.pages.filter((page) => page.screenNames.length > 1);
    const before = simulation.registerCsv(new Date(0));
    expect(renamed.some((page) => csv.includes(`${page.screenNames[1]?.value}`))).toBe(true);
    expect(renamed.some((page) => before.includes(`${page.screenNames[1]?.value}`))).toBe(false);
    const gone = simulation.world.pages.filter((page) =>
      ['deleted', 'banned'].includes(simulation.world.stateOf(page, anchor.getTime())),
    );
    expect(gone.every((page) => csv.includes(`club${page.id}`))).toBe(true);
  });
});

describe('the command line', () => {
  it('reads its options, and has a default for each', () => {
    expect(readOptions([], anchor)).toEqual({
      port: 0,
      seed: 1,
      organisations: 45,
      anchor,
      speed: 1,
      channels: false,
      register: false,
    });
    const given = [
      '--port',
      '4100',
      '--seed',
      '7',
      '--organisations',
      '9',
      '--anchor',
      '2026-01-01',
      '--speed',
      '60',
      '--channels',
      '--register',
    ];
    expect(readOptions(given, anchor)).toEqual({
      port: 4100,
      seed: 7,
      organisations: 9,
      anchor: new Date('2026-01-01'),
      speed: 60,
      channels: true,
      register: true,
    });
  });

  it('says which option is wrong, and what is wanted', () => {
    const refused = (...parameters: string[]): unknown => {
      try {
        return readOptions(parameters, anchor);
      } catch (error) {
        return error instanceof SimulatorOptionError ? error.message : error;
      }
    };
    expect(refused('--port', 'x')).toContain('--port got "x", wants a whole number');
    expect(refused('--organisations', '0')).toContain('at least 1');
    expect(refused('--anchor', 'soon')).toContain('--anchor got "soon"');
    expect(refused('--speed', 'fast')).toContain('--speed got "fast"');
    expect(refused('--nothing')).toContain('--nothing');
  });
});
