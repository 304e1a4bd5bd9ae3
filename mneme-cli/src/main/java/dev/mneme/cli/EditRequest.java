package dev.mneme.cli;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.pipeline.Amount;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.region.Region;
import dev.mneme.edit.words.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** What the sentence asks for; nothing where operators are kept. */
  Optional<Asked> asked() {
    return wanted.sentence().map(Wanted.Sentence::asked);
  }

  /** The place that the sentence names, unless a mask says where. */
  Optional<Region> place() {
    return mask.isPresent() ? Optional.empty() : asked().flatMap(Asked::place);
  }

  /** What was heard in the sentence and used; may be empty. */
  String heard() {
    return asked()
        .map(a -> new Asked(a.sentence(), a.wish(), a.intensity(), place()).heard())
        .orElse("");
  }

  /** How much of the edit, and where. */
  Amount amount(Optional<Mask> where) {
    return new Amount(
        asked().map(a -> a.strength(strength.value())).orElse(strength.value()), where);
  }

  /**
   * How a result was made, in one line that is kept inside its file.
   *
   * @param operators digests of what edited it, in turn
   * @param sentence what was asked for
   */
  String provenance(Editor editor, List<String> operators, String sentence, Optional<Mask> where) {
    return "mneme %s editor=%s memory=%s adapter=%s strength=%s%s%s%s seed=%d sentence=\"%s\"%s"
        .formatted(
            Installation.version(),
            editor.editorDigest(),
            editor.memoryDigest(),
            operators.stream().map(d -> d.substring(0, DIGITS)).collect(Collectors.joining("+")),
            strength,
            asked()
                .filter(a -> a.intensity() != 1)
                .map(a -> " intensity=" + new Strength(a.intensity()))
                .orElse(""),
            place().map(region -> " place=\"" + region.name() + '"').orElse(""),
            where.map(mask -> " mask=" + mask.digest().substring(0, DIGITS)).orElse(""),
            seed,
            line(sentence),
            asked()
                .filter(a -> !a.wish().equals(a.sentence()))
                .map(a -> " wish=\"" + line(a.wish()) + '"')
                .orElse(""));
  }

  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
