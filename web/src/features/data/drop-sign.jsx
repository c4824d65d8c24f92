import { dropping } from './state.js';
import './drop-sign.css';

/** Over the whole page while a file hangs above it. */
export function DropSign() {
  if (!dropping.value) return null;
  return (
    <div class="drop-sign">
      <p>Drop IDX files of 28×28 images and their labels</p>
    </div>
  );
}
