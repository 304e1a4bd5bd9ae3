package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Triple;
import java.util.List;

/**
 * How much of a run is triples.
 *
 * @param triples to learn from
 * @param share of every batch, in [0, 1]; the rest are tasks on photographs
 */
public record TripleShare(List<Triple> triples, double share) {
  /** Tasks on photographs alone. */
  public static final TripleShare NONE = new TripleShare(List.of(), 0);

  public TripleShare {
    triples = List.copyOf(triples);
    if (!(share >= 0 && share <= 1) || (share > 0) == triples.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a share in [0, 1], above 0 where there are triples; found %s of %d triples"
              .formatted(share, triples.size()));
    }
  }

  /** Triples in a batch: at least one, and not all of them unless the share is 1. */
  int of(int batch) {
    if (share == 0 || share == 1) {
      return share == 0 ? 0 : batch;
    }
    return (int) Math.max(1, Math.min(batch - 1, Math.round(share * batch)));
  }
}
