package dev.mneme.edit.corpus;

import dev.mneme.edit.picture.RasterImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Decoded photographs, the least recently used of which leave when their pixels no longer fit the
 * budget.
 */
final class PhotoCache {
  private final long budget;
  private final Function<Path, RasterImage> decoder;
  private final Map<Path, RasterImage> images = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  PhotoCache(long budget, Function<Path, RasterImage> decoder) {
    this.budget = budget;
    this.decoder = decoder;
  }

  RasterImage get(Path path) {
    synchronized (this) {
      RasterImage known = images.get(path);
      if (known != null) {
        return known;
      }
    }
    // Decoded outside the lock: two threads may decode the same photograph once each, but none
    // waits for another's.
    RasterImage decoded = decoder.apply(path);
    synchronized (this) {
      RasterImage first = images.putIfAbsent(path, decoded);
      if (first != null) {
        return first;
      }
      bytes += decoded.bytes();
      Iterator<Map.Entry<Path, RasterImage>> oldest = images.entrySet().iterator();
      while (bytes > budget && images.size() > 1) {
        bytes -= oldest.next().getValue().bytes();
        oldest.remove();
      }
      return decoded;
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
