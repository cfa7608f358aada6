import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparedParts,
  engagementOver,
  leagueParts,
  type ReactionPart,
  reactionParts,
  shownParts,
  type ShownPosts,
} from './reaction-parts.ts';

/** Posts of 100 views each, with 10 likes, 2 comments and 1 repost where they show them. */
function posts(count: number, ...parts: ReactionPart[]): ShownPosts {
  const of = (part: ReactionPart, each: number) => (parts.includes(part) ? count * each : 0);
  const reactions = { likes: of('likes', 10), comments: of('comments', 2), reposts: of('reposts', 1) };
  return { parts, posts: count, views: count * 100, ...reactions };
}

const whole = (count: number) => posts(count, 'likes', 'comments', 'reposts');

describe('the parts that an organisation shows', () => {
  it('are those known on at least half of its posts', () => {
    expect(shownParts([whole(1)])).toEqual(['likes', 'comments', 'reposts']);
    expect(shownParts([whole(2), posts(2, 'likes')])).toEqual(['likes', 'comments', 'reposts']);
    expect(shownParts([whole(2), posts(3, 'likes')])).toEqual(['likes']);
    expect(shownParts([posts(1, 'likes'), posts(3)])).toEqual([]);
    expect(shownParts([])).toEqual([]);
  });
});

describe('the parts that are compared', () => {
  const byAccounts = [whole(8)];
  const withoutComments = [posts(5, 'likes', 'reposts')];
  const keyless = [posts(20, 'likes')];

  it('are those that everyone shows', () => {
    expect(comparedParts([byAccounts, byAccounts])).toEqual(['likes', 'comments', 'reposts']);
    expect(comparedParts([byAccounts, withoutComments])).toEqual(['likes', 'reposts']);
    expect(comparedParts([byAccounts, withoutComments, keyless])).toEqual(['likes']);
    expect(comparedParts([keyless, [posts(3, 'reposts')]])).toEqual([]);
  });

  it('are not narrowed by who shows none, or has no posts', () => {
    expect(comparedParts([byAccounts, [], [posts(3)]])).toEqual(['likes', 'comments', 'reposts']);
    expect(comparedParts([[], [posts(3)]])).toEqual([]);
  });
});

describe('the parts over which a league is compared', () => {
  it('are those of all who take part in the ranks', () => {
    const ranked = { stands: true, groups: [posts(6, 'likes', 'reposts')] };
    const unread = { stands: false, groups: [posts(6, 'likes')] };
    expect(leagueParts([ranked, { stands: true, groups: [whole(3)] }, unread])).toEqual(['likes', 'reposts']);
    expect(leagueParts([ranked, { stands: true, groups: [posts(6)] }])).toEqual(['likes', 'reposts']);
  });

  it('are those of the others where none in the ranks shows any', () => {
    const others = [
      { stands: false, groups: [whole(2)] },
      { stands: false, groups: [posts(6, 'likes')] },
    ];
    expect(leagueParts([{ stands: true, groups: [posts(4)] }, ...others])).toEqual(['likes']);
    expect(leagueParts([{ stands: true, groups: [] }])).toEqual([]);
  });
});

describe('ER by view over some parts', () => {
  it('is a ratio of sums over the posts that show all of them', () => {
    expect(engagementOver([whole(3)], reactionParts)).toBeCloseTo(0.13, 12);
    expect(engagementOver([whole(3)], ['likes'])).toBeCloseTo(0.1, 12);
    expect(engagementOver([{ ...whole(1), likes: 40 }, posts(3, 'likes')], ['likes'])).toBeCloseTo(
      70 / 400,
      12,
    );
    expect(engagementOver([whole(1), posts(3, 'likes')], ['likes', 'reposts'])).toBeCloseTo(0.11, 12);
  });

  it('is unknown without such a post, without a part, and without a view', () => {
    expect(engagementOver([posts(3, 'likes')], ['comments'])).toBeNull();
    expect(engagementOver([whole(3)], [])).toBeNull();
    expect(engagementOver([], ['likes'])).toBeNull();
    expect(engagementOver([{ ...whole(1), views: 0 }], ['likes'])).toBeNull();
  });
});

describe('whatever posts there are', () => {
  const group = fc
    .tuple(fc.subarray([...reactionParts]), fc.integer({ min: 1, max: 9 }))
    .map(([parts, count]) => posts(count, ...parts));
  const organisation = fc.array(group, { maxLength: 5 });

  it('everyone who is compared shows each part that is, and more members never bring more parts', () => {
    fc.assert(
      fc.property(
        fc.array(organisation, { minLength: 1, maxLength: 6 }),
        organisation,
        (members, another) => {
          const parts = comparedParts(members);
          for (const shown of members.map(shownParts).filter(({ length }) => length > 0)) {
            expect(shown).toEqual(expect.arrayContaining(parts));
          }
          const more = comparedParts([...members, another]);
          const before = members.some((member) => shownParts(member).length > 0) ? parts : reactionParts;
          expect(more.every((part) => before.includes(part))).toBe(true);
        },
      ),
    );
  });
});
