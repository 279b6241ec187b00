import './posts.css';
import { ErrorMessage, Skeleton } from '../kit/messages.tsx';
import { COMMON } from '../kit/texts.ts';
import { startView, type ViewProps } from '../kit/view.tsx';
import { CreatedPost } from './created/created-post.tsx';
import { PostsView } from './posts-view.tsx';

startView('partoo-posts', View, { beforeResult: true, failures: true });

function View(props: ViewProps) {
  const { tool, input, result, formats, isCancelled } = props;
  // Some hosts do not name the tool; only a new post names its platforms.
  const isNewPost = tool === undefined ? 'publishers' in input : tool === 'create_post';
  if (isNewPost) return <CreatedPost {...props} />;
  const texts = COMMON[formats.language];
  if (result?.error) return <ErrorMessage error={result.error} language={formats.language} />;
  if (result) return <PostsView {...props} data={result.data} />;
  return isCancelled ? <p class="note">{texts.cancelled}</p> : <Skeleton label={texts.loading} />;
}
