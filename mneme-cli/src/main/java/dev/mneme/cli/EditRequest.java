package dev.mneme.cli;

import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import java.nio.file.Path;

/**
 * What is asked for, the same for every photo.
 *
 * @param sentence what to do, null where {@code adapter} says it
 * @param adapter folder of kept weights to use, or null
 * @param saveAdapter folder to keep the weights in, or null
 * @param strength how much of the edit
 * @param seed recorded only
 * @param models folder of the models
 */
record EditRequest(
    String sentence, Path adapter, Path saveAdapter, Strength strength, long seed, Path models) {
  /** Of a digest, as many as {@link Editor} gives. */
  private static final int DIGITS = 12;

  /** How a result was made, in one line that is kept inside its file. */
  String provenance(Editor editor, Operator operator) {
    return "mneme %s editor=%s memory=%s adapter=%s strength=%s seed=%d sentence=\"%s\""
        .formatted(
            Installation.version(),
            editor.editorDigest(),
            editor.memoryDigest(),
            operator.digest().substring(0, DIGITS),
            strength,
            seed,
            operator.sentence().replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
  }
}
