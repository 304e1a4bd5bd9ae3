package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.pipeline.Hearing;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A floor under what the card of the file in the repository says. */
class ShippedUnderstandingTest {
  private static final Path MODELS = Path.of("..", "models");

  /** Of each task: all of them take minutes. */
  private static final int SENTENCES = 3;

  @ParameterizedTest
  @EnumSource(names = {"ENGLISH_HELD_OUT", "CHINESE_HELD_OUT"})
  void itFlagsWhatIsUnknownAndLittleElse(Wording wording) throws IOException {
    try (TextEncoder encoder = new RoutedTextEncoder()) {
      Hearing hearing = Hearing.load(MODELS, encoder).orElseThrow();
      UnderstandingScores scores =
          UnderstandingScores.of(hearing, EditTasks.all(), wording, SENTENCES);
      assertTrue(scores.unknown().share() >= 0.9, "unknown wishes: " + scores.unknown());
      assertTrue(scores.known().share() <= 0.07, "known phrasings: " + scores.known());
      assertTrue(scores.alone().share() >= 0.85, "of what the base does: " + scores.alone());
      assertTrue(scores.shut().share() <= 0.04, "of what needs the memory: " + scores.shut());
      assertTrue(scores.pairs().share() <= 0.05, "two in one sentence: " + scores.pairs());
      assertTrue(scores.joined().share() <= 0.2, "two, not parted: " + scores.joined());
      assertTrue(scores.misheard().share() <= 0.07, "misheard: " + scores.misheard());
      scores
          .typed()
          .forEach(
              (habit, heard) ->
                  assertTrue(
                      heard.among() == 0 || heard.share() <= 0.09,
                      "typed " + habit + ": " + heard));
      assertTrue(scores.torn().share() <= 0.08, "one, parted: " + scores.torn());
    }
  }
}
