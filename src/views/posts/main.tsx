import './posts.css';
import { startView, type ViewProps } from '../kit/view.tsx';
import { CreatedPost } from './created/created-post.tsx';
import { PostsView } from './posts-view.tsx';

startView('partoo-posts', View, isNewPost);

function View(props: ViewProps) {
  return isNewPost(props) ? (
    <CreatedPost {...props} />
  ) : (
    <PostsView {...props} data={props.result?.data ?? {}} />
  );
}

/** Some hosts do not name the tool; only a new post names its platforms. */
function isNewPost({ tool, input }: ViewProps): boolean {
  return tool === undefined ? 'publishers' in input : tool === 'create_post';
}
