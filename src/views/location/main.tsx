import './location.css';
import { ErrorMessage } from '../kit/messages.tsx';
import { startView, type ViewProps } from '../kit/view.tsx';
import { ListingView } from './listing/listing-view.tsx';
import { TEXTS } from './texts/texts.ts';
import { UpdateView } from './update/update-view.tsx';

startView('partoo-location', Location, props => isUpdate(props) || props.result?.error !== undefined);

function Location(props: ViewProps) {
  const { result, formats } = props;
  if (isUpdate(props)) return <UpdateView {...props} />;
  if (result?.error) {
    return (
      <main>
        <h1 class="visually-hidden">{TEXTS[formats.language].title}</h1>
        <ErrorMessage error={result.error} language={formats.language} />
      </main>
    );
  }
  return <ListingView {...props} data={result?.data ?? {}} />;
}

const READ_ARGUMENTS = new Set(['business_id', 'fields']);

/** Not every host names the tool. */
function isUpdate({ tool, input, result }: ViewProps): boolean {
  if (tool !== undefined) return tool === 'update_business';
  return result?.data?.changed !== undefined || Object.keys(input).some(name => !READ_ARGUMENTS.has(name));
}
