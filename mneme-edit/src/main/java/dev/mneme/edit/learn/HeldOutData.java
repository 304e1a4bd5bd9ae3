package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.corpus.Triple;
import java.util.List;

/**
 * What a run measures itself with and never learns from.
 *
 * @param photos photographs, for tasks with held-out wording
 * @param triples triples
 */
public record HeldOutData(List<Photo> photos, List<Triple> triples) {
  /** Nothing: the run measures nothing. */
  public static final HeldOutData NONE = new HeldOutData(List.of(), List.of());

  public HeldOutData {
    photos = List.copyOf(photos);
    triples = List.copyOf(triples);
  }
}
