package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.Bert;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.SentenceBase;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On contraries, which an encoder takes for nearly the same. */
class SentenceLessonTest {
  private static final TextEncoder ENCODER = new RoutedTextEncoder();
  private static final List<String> TASKS = List.of("brighten", "darken");
  private static final int LEARNED = 64; // sentences of each
  private static final int ASKED = 40; // others

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    ENCODER.close();
  }

  private static List<String> sentences(String task, int from, int count) {
    return Wording.ENGLISH_SEEN.sentences(EditTasks.named(task)).subList(from, from + count);
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (String task : TASKS) {
      sentences(task, 0, LEARNED)
          .forEach(s -> examples.add(new Example(ENCODER.encode(s), Set.of(task))));
    }
    return examples;
  }

  private static float[] directions(SentenceBase base, List<String> texts, Adapters adapters) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return Tensors.toFloats(base.directions(texts, adapters));
    }
  }

  /** Of sentences that were not learned from, those whose most alike learned one is a contrary. */
  private static int wrong(SentenceBase base, Adapters adapters) {
    List<String> learned = TASKS.stream().flatMap(t -> sentences(t, 0, LEARNED).stream()).toList();
    List<String> asked =
        TASKS.stream().flatMap(t -> sentences(t, LEARNED, ASKED).stream()).toList();
    float[] known = directions(base, learned, adapters);
    float[] found = directions(base, asked, adapters);
    int width = base.bert().width();
    int wrong = 0;
    for (int i = 0; i < asked.size(); i++) {
      double best = -2;
      int likest = -1;
      for (int k = 0; k < learned.size(); k++) {
        double like = 0;
        for (int d = 0; d < width; d++) {
          like += found[i * width + d] * known[k * width + d];
        }
        if (like > best) {
          best = like;
          likest = k;
        }
      }
      wrong += likest / LEARNED == i / ASKED ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void contrariesAreToldApartBetterAndAFinishedLessonIsReadBack() throws IOException {
    SentenceBase base = SentenceBase.load(Bert.MINILM);
    Adapters first = lesson(base);
    int before = wrong(base, Adapters.none());
    int after = wrong(base, first);
    assertTrue(after < before, "%d wrong before, %d after".formatted(before, after));
    Adapters again = lesson(base);
    for (int i = 0; i < first.tensors().size(); i++) {
      assertArrayEquals(
          Tensors.toFloats(first.tensors().get(i)), Tensors.toFloats(again.tensors().get(i)));
    }
  }

  private Adapters lesson(SentenceBase base) throws IOException {
    return SentenceLesson.learn(
        folder.resolve("lesson"), base, examples(), TASKS, 10, Progress.NONE);
  }
}
