import first from '../en/first.js';
import { pseudoTable } from './pseudo.js';

export default pseudoTable(first);
