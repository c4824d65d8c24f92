import later from '../en/later.js';
import { pseudoTable } from './pseudo.js';

export default pseudoTable(later);
