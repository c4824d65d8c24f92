import { t } from '../messages/messages.js';
import { LINKS } from './links.js';
import './about.css';

/** The links that leave the page; nothing until their words are here. */
export function About() {
  const words = t.value.about;
  if (!words) return null;
  return (
    <ul class="about">
      {LINKS.map(({ name, address }) => (
        <li key={name}>
          <a href={address} target="_blank" rel="noopener">
            {words[name]}
          </a>
        </li>
      ))}
    </ul>
  );
}
