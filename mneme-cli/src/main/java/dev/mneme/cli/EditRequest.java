package dev.mneme.cli;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.pipeline.Amount;
import dev.mneme.edit.pipeline.Editor;
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

  /** The sentence as it was typed; nothing where operators are kept. */
  Optional<String> said() {
    return wanted.sentence().map(Wanted.Sentence::said);
  }

  /** What of a wish is used: not its place where a mask says where. */
  Asked used(Asked asked) {
    return mask.isPresent() ? asked.anywhere() : asked;
  }

  /** How much of a wish, or of what needs none, and where. */
  Amount amount(Optional<Asked> asked, Optional<Mask> where) {
    return new Amount(asked.map(a -> a.strength(strength.value())).orElse(strength.value()), where);
  }

  /**
   * How a result was made, in one line that is kept inside its file.
   *
   * @param steps what edited it, in turn; at least one
   * @param sentence what was asked for
   */
  String provenance(Editor editor, List<Step> steps, String sentence) {
    List<Asked> wishes = steps.stream().flatMap(step -> step.asked().stream()).toList();
    Optional<Asked> only = wishes.size() == 1 ? Optional.of(wishes.get(0)) : Optional.empty();
    return "mneme %s editor=%s memory=%s adapter=%s strength=%s%s%s%s seed=%d sentence=\"%s\"%s"
        .formatted(
            Installation.version(),
            editor.editorDigest(),
            editor.memoryDigest(),
            steps.stream().map(s -> first(s.operator())).collect(Collectors.joining("+")),
            strength,
            only.filter(a -> a.intensity() != 1)
                .map(a -> " intensity=" + new Strength(a.intensity()))
                .orElse(""),
            only.flatMap(Asked::place).map(r -> " place=\"" + r.name() + '"').orElse(""),
            masks(steps),
            seed,
            line(sentence),
            only.filter(a -> !a.wish().equals(sentence))
                .map(a -> " wish=\"" + line(a.wish()) + '"')
                .orElse(wishes.size() > 1 ? " wishes=\"" + line(all(wishes)) + '"' : ""));
  }

  private static String masks(List<Step> steps) {
    String digests =
        steps.stream()
            .flatMap(step -> step.where().stream())
            .map(mask -> first(mask.digest()))
            .distinct()
            .collect(Collectors.joining("+"));
    return digests.isEmpty() ? "" : " mask=" + digests;
  }

  private static String all(List<Asked> wishes) {
    return wishes.stream()
        .map(w -> w.wish() + (w.heard().isEmpty() ? "" : " (" + w.heard().replace('"', '\'') + ")"))
        .collect(Collectors.joining(" | "));
  }

  private static String first(String digest) {
    return digest.substring(0, Math.min(DIGITS, digest.length()));
  }

  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
