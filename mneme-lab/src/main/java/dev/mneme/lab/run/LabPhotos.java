package dev.mneme.lab.run;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Photographs in three parts: what is chosen by one must not be measured on it.
 *
 * @param train learned from
 * @param validation learning rates are chosen on these
 * @param heldOut results are measured on these
 */
public record LabPhotos(List<Photo> train, List<Photo> validation, List<Photo> heldOut) {
  private static final int ONE_IN = 8;

  public LabPhotos {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    heldOut = List.copyOf(heldOut);
    if (train.isEmpty() || validation.isEmpty() || heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "An experiment needs photographs to learn from, to choose by and to measure with; found %d, %d and %d"
              .formatted(train.size(), validation.size(), heldOut.size()));
    }
  }

  /** Every eighth of a corpus' training photographs is set aside for choosing. */
  public static LabPhotos of(Corpus corpus) {
    List<Photo> train = new ArrayList<>();
    List<Photo> validation = new ArrayList<>();
    for (int i = 0; i < corpus.train().size(); i++) {
      (i % ONE_IN == 0 ? validation : train).add(corpus.train().get(i));
    }
    return new LabPhotos(train, validation, corpus.heldOut());
  }

  /**
   * SHA-256 over all of them.
   *
   * @throws IOException if one cannot be read
   */
  String sha256() throws IOException {
    return Corpus.digest(Stream.of(train, validation, heldOut).flatMap(List::stream).toList());
  }
}
