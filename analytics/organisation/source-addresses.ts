import { postUrl } from '#domain/page-link.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { queryPageNames } from '../queries/channel-names.ts';
import type { PostDetail } from '../queries/top-posts.ts';

type Repost = Pick<PostDetail, 'network' | 'kind' | 'sourceOwner' | 'sourcePost'>;

/**
 * Where the sources of reposts are: where the owner's id makes an address (a community's post on VK) that; else, by its
 * name, that of a page in the register. Of people's posts, and of what is not said, nothing.
 */
export async function sourceAddresses(
  observations: Observations,
  posts: readonly Repost[],
): Promise<(post: Repost) => string | null> {
  const nameless = posts.flatMap((post) => {
    const nativeId = ownerOf(post);
    const isAddressed = nativeId === null || addressOfSource(post, nativeId, null) !== null;
    return isAddressed ? [] : [{ network: post.network, nativeId }];
  });
  const nameOf = await queryPageNames(observations, nameless);
  return (post) => {
    const owner = ownerOf(post);
    return owner === null
      ? null
      : addressOfSource(post, owner, nameOf({ network: post.network, nativeId: owner }));
  };
}

function addressOfSource({ network, sourcePost }: Repost, owner: number, name: string | null): string | null {
  return postUrl(network, owner, name, Number(sourcePost));
}

/** The native id of the community that a repost is from. */
function ownerOf({ kind, sourceOwner, sourcePost }: Repost): number | null {
  const owner = Number(sourceOwner);
  return kind === 'repost' && owner < 0 && Number(sourcePost) > 0 ? -owner : null;
}
