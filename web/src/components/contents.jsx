// Links to the sections of the article; the one that is read now is marked.
import { useEffect, useState } from 'preact/hooks';
import './contents.css';

/** A section counts as read where it crosses this band of the window. */
const BAND = '-35% 0px -60% 0px';

/** @param {{ sections: readonly { id: string, link: string }[] }} props */
export function Contents({ sections }) {
  const [current, setCurrent] = useState('');
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) setCurrent(target.id);
          else setCurrent((before) => (before === target.id ? '' : before));
        }
      },
      { rootMargin: BAND },
    );
    for (const { id } of sections) {
      const section = document.getElementById(id);
      if (section) watcher.observe(section);
    }
    return () => watcher.disconnect();
  }, [sections]);
  return (
    <nav class="contents" aria-label="On this page">
      <ul>
        {sections.map(({ id, link }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={current === id ? 'location' : undefined}>
              {link}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
