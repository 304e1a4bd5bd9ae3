package dev.mneme.cli;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.Operator;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is asked for, the same for every photo.
 *
 * @param wanted which edit
 * @param strength how much of the edit
 * @param mask file that says where
 * @param seed recorded only
 * @param models folder of the models
 */
record EditRequest(Wanted wanted, Strength strength, Optional<Path> mask, long seed, Path models) {
  /** Of a digest, as many as {@link Editor} gives. */
  private static final int DIGITS = 12;

  /** How a result was made, in one line that is kept inside its file. */
  String provenance(Editor editor, Operator operator, Optional<Mask> where) {
    return "mneme %s editor=%s memory=%s adapter=%s strength=%s%s seed=%d sentence=\"%s\""
        .formatted(
            Installation.version(),
            editor.editorDigest(),
            editor.memoryDigest(),
            operator.digest().substring(0, DIGITS),
            strength,
            where.map(mask -> " mask=" + mask.digest().substring(0, DIGITS)).orElse(""),
            seed,
            operator.sentence().replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
  }
}
