package dev.mneme.edit.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** The latest of what was asked, with its answers; who was asked least lately goes. Thread-safe. */
final class Recent<K, V> {
  private final Map<K, V> kept;

  /**
   * @param most answers that are kept, 0 for none
   */
  Recent(int most) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** The answer, or null where it is not among those kept. */
  synchronized V get(K asked) {
    return kept.get(asked);
  }

  synchronized void put(K asked, V answer) {
    kept.put(asked, answer);
  }

  synchronized int size() {
    return kept.size();
  }

  synchronized void clear() {
    kept.clear();
  }
}
