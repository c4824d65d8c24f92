import { t } from '../../messages/messages.js';
import './drop-sign.css';

/** Over the whole page while a file hangs above it. */
export function DropSign() {
  // Its words come with the first file.
  const words = t.value.data;
  if (!words) return null;
  return (
    <div class="drop-sign">
      <p>{words.drop}</p>
    </div>
  );
}
