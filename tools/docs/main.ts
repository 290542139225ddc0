import { writeDocs } from './docs';

/** `npm run docs`: run from the root of the repository. */
void writeDocs(process.cwd()).then((changed) => {
  console.log(changed.length > 0 ? `Written: ${changed.join(', ')}` : 'Nothing to write: the documents are as the code is.');
});
