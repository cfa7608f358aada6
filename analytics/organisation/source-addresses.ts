import { postUrl } from '../../domain/page-link.ts';
import type { Observations } from '../../schema/observations/connect.ts';
import { queryChannelNames } from '../queries/channel-names.ts';
import type { PostDetail } from '../queries/top-posts.ts';

type Repost = Pick<PostDetail, 'network' | 'kind' | 'sourceOwner' | 'sourcePost'>;

/**
 * Where the sources of reposts are: a community's post on VK; in Telegram that of a channel in the register, whose name is
 * known. Of people's posts, and of what is not said, nothing.
 */
export async function sourceAddresses(
  observations: Observations,
  posts: readonly Repost[],
): Promise<(post: Repost) => string | null> {
  const channels = posts.flatMap((post) => (post.network === 'telegram' ? (ownerOf(post) ?? []) : []));
  const names = await queryChannelNames(observations, [...new Set(channels)]);
  return (post) => {
    const owner = ownerOf(post);
    const name = owner === null ? undefined : names.get(owner);
    if (owner === null || (post.network === 'telegram' && name === undefined)) return null;
    return postUrl(post.network, owner, name ?? null, Number(post.sourcePost));
  };
}

/** The native id of the community that a repost is from. */
function ownerOf({ kind, sourceOwner, sourcePost }: Repost): number | null {
  const owner = Number(sourceOwner);
  return kind === 'repost' && owner < 0 && Number(sourcePost) > 0 ? -owner : null;
}
