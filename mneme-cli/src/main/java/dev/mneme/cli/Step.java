package dev.mneme.cli;

import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.words.Asked;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operator's part in a result.
 *
 * @param operator its digest
 * @param asked the wish it answers; nothing where it was kept or shown
 * @param said the plainer words that were read for it, if any
 * @param where it was used; empty for everywhere
 */
record Step(String operator, Optional<Asked> asked, Optional<String> said, Optional<Mask> where) {
  /** What stands for an operator where there was none. */
  static final String RETOUCH = "retouch";

  static Step of(Operator operator, Optional<Asked> asked, Optional<Mask> where) {
    Optional<String> said = asked.isEmpty() ? Optional.empty() : operator.said();
    return new Step(operator.digest(), asked, said, where);
  }

  /** The part of a wish for which no weights were written. */
  static Step of(Asked retouch, Optional<Mask> where) {
    return new Step(RETOUCH, Optional.of(retouch), Optional.empty(), where);
  }

  /** What was heard in the wish beyond its words, for people; may be empty. */
  String heard() {
    return Stream.of(said.map("read as \"%s\""::formatted), asked.map(Asked::heard))
        .flatMap(Optional::stream)
        .filter(heard -> !heard.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
