import './location.css';
import { ErrorMessage, Skeleton } from '../kit/messages.tsx';
import { COMMON } from '../kit/texts.ts';
import { startView, type ViewProps } from '../kit/view.tsx';
import { ListingView } from './listing/listing-view.tsx';
import { TEXTS } from './texts.ts';
import { UpdateView } from './update/update-view.tsx';

startView('partoo-location', Location, { beforeResult: true, failures: true });

function Location(props: ViewProps) {
  const { result, formats, isCancelled } = props;
  const { loading, cancelled } = COMMON[formats.language];
  if (isUpdate(props)) return <UpdateView {...props} />;
  if (result?.error) {
    return (
      <main>
        <h1 class="visually-hidden">{TEXTS[formats.language].title}</h1>
        <ErrorMessage error={result.error} language={formats.language} />
      </main>
    );
  }
  if (result) return <ListingView {...props} data={result.data} />;
  return isCancelled ? <p class="note">{cancelled}</p> : <Skeleton label={loading} />;
}

const READ_ARGUMENTS = new Set(['business_id', 'fields']);

/** Not every host names the tool. */
function isUpdate({ tool, input, result }: ViewProps): boolean {
  if (tool !== undefined) return tool === 'update_business';
  return result?.data?.changed !== undefined || Object.keys(input).some(name => !READ_ARGUMENTS.has(name));
}
